package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;

/** Arrays of primitives, as big-endian bytes; of all NaN there is one. */
final class PrimitiveArrayCodec implements Codec {

    /** An element type: its size in bytes, and how one element is written and read. */
    private record Element(int size, Put put, Get get) {}

    private interface Put {
        void put(ByteBuffer to, Object array, int index);
    }

    private interface Get {
        void get(ByteBuffer from, Object array, int index);
    }

    /** Made when the first array comes. */
    private static final class Elements {
        static final Map<Class<?>, Element> OF = Map.of(
                byte.class,
                new Element(1, (to, a, i) -> to.put(((byte[]) a)[i]), (from, a, i) -> ((byte[]) a)[i] = from.get()),
                boolean.class,
                new Element(
                        1,
                        (to, a, i) -> to.put((byte) (((boolean[]) a)[i] ? 1 : 0)),
                        (from, a, i) -> ((boolean[]) a)[i] = from.get() == 1),
                short.class,
                new Element(
                        2,
                        (to, a, i) -> to.putShort(((short[]) a)[i]),
                        (from, a, i) -> ((short[]) a)[i] = from.getShort()),
                char.class,
                new Element(
                        2, (to, a, i) -> to.putChar(((char[]) a)[i]), (from, a, i) -> ((char[]) a)[i] = from.getChar()),
                int.class,
                new Element(4, (to, a, i) -> to.putInt(((int[]) a)[i]), (from, a, i) -> ((int[]) a)[i] = from.getInt()),
                long.class,
                new Element(
                        8, (to, a, i) -> to.putLong(((long[]) a)[i]), (from, a, i) -> ((long[]) a)[i] = from.getLong()),
                float.class,
                new Element(
                        4,
                        (to, a, i) -> to.putInt(Float.floatToIntBits(((float[]) a)[i])),
                        (from, a, i) -> ((float[]) a)[i] = Float.intBitsToFloat(from.getInt())),
                double.class,
                new Element(
                        8,
                        (to, a, i) -> to.putLong(Double.doubleToLongBits(((double[]) a)[i])),
                        (from, a, i) -> ((double[]) a)[i] = Double.longBitsToDouble(from.getLong())));
    }

    @Override
    public boolean handles(Type type) {
        return type instanceof Class<?> array
                && array.isArray()
                && array.getComponentType().isPrimitive();
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        byte[] bytes = bytes(value, type);
        sink.tag(component(type) + "[]").bytes(bytes, 0, bytes.length);
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        return LargeBytes.encode(bytes(value, type), blobs);
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        Element element = element(type);
        byte[] stretch = LargeBytes.decode(stored, blobs);
        if (component(type) == byte.class) {
            return stretch;
        }
        if (stretch.length % element.size() != 0) {
            throw new IOException("stored bytes end within an element of " + TypeNames.shortName(type));
        }
        ByteBuffer bytes = ByteBuffer.wrap(stretch);
        int length = bytes.remaining() / element.size();
        Object array = Array.newInstance(component(type), length);
        for (int i = 0; i < length; i++) {
            element.get().get(bytes, array, i);
        }
        return array;
    }

    private static byte[] bytes(Object value, Type type) {
        Object array = Declared.check(value, Types.raw(type));
        if (array instanceof byte[] already) {
            return already;
        }
        Element element = element(type);
        int length = Array.getLength(array);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(length, element.size()));
        for (int i = 0; i < length; i++) {
            element.put().put(bytes, array, i);
        }
        return bytes.array();
    }

    private static Element element(Type type) {
        Element element = Elements.OF.get(component(type));
        if (element == null) {
            throw new UnsupportedValueException("no codec for " + TypeNames.shortName(type));
        }
        return element;
    }

    private static Class<?> component(Type type) {
        return Types.raw(type).getComponentType();
    }
}
