package io.dagshell.magics.slice;

import java.util.SortedMap;

/** Defines the classes of a slice in this process; a class of another name comes from the parent. */
final class SliceLoader extends ClassLoader {
    private final SortedMap<String, byte[]> classes;

    SliceLoader(SortedMap<String, byte[]> classes, ClassLoader parent) {
        super(parent);
        this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
