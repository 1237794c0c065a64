package io.dagshell.engine.value;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record class taken apart once: its components and its canonical constructor. */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final List<Component> components;
    private final Constructor<?> constructor;
    private final boolean open;

    private RecordShape(Class<?> type) {
        RecordComponent[] declared = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("every record has its canonical constructor", impossible);
        }
        components = Arrays.stream(declared)
                .map(each -> new Component(each.getName(), each.getGenericType(), each.getAccessor()))
                .toList();
        open = isReachable(constructor) && components.stream().allMatch(each -> isReachable(each.accessor()));
    }

    /** A component and how to read it. */
    record Component(String name, Type type, Method accessor) {
        @Nullable
        Object of(Object owner) {
            try {
                return accessor.invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException failed) {
                throw new UnsupportedValueException("component " + name + " cannot be read: " + failed.getCause());
            }
        }
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    List<Component> components() {
        return components;
    }

    /** Whether its module lets us in. */
    boolean isOpen() {
        return open;
    }

    Object create(@Nullable Object[] parts) throws IOException {
        try {
            return constructor.newInstance(parts);
        } catch (ReflectiveOperationException | IllegalArgumentException refused) {
            throw new IOException("the stored components make no " + constructor.getDeclaringClass(), refused);
        }
    }

    private static boolean isReachable(AccessibleObject member) {
        return member.trySetAccessible();
    }
}
