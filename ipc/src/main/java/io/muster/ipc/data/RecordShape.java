package io.muster.ipc.data;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/**
 * How a record of primitives lies in shared memory: its components in their order, each at a multiple of its own width, all
 * of it filled up to whole words. {@link #toString} draws it.
 *
 * @param <R> the record
 */
final class RecordShape<R extends Record> {
    private static final Map<Class<?>, Integer> WIDTHS = Map.of(
            boolean.class, 1,
            byte.class, Byte.BYTES,
            short.class, Short.BYTES,
            char.class, Character.BYTES,
            int.class, Integer.BYTES,
            long.class, Long.BYTES,
            float.class, Float.BYTES,
            double.class, Double.BYTES);

    private final Class<R> type;
    private final RecordComponent[] components;
    private final int[] offsets;
    private final int words;
    /** (long[]) to record. */
    private final MethodHandle decoder;
    /** (record, long[]) to nothing. */
    private final MethodHandle encoder;

    /** @throws IllegalArgumentException if it is no record of primitives, or out of reach of this library */
    RecordShape(Class<R> type) {
        if (!type.isRecord() || type.getRecordComponents().length == 0) {
            throw refused(type, "it has no components, or is no record");
        }
        this.type = type;
        this.components = type.getRecordComponents();
        this.offsets = new int[components.length];
        this.words = (layOut() + Long.BYTES - 1) / Long.BYTES;
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            this.decoder = decoder(lookup);
            this.encoder = encoder(lookup);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    type.getName() + " is out of reach: open its package to the module of this library", e);
        }
    }

    private static IllegalArgumentException refused(Class<?> type, String why) {
        return new IllegalArgumentException(
                type.getName() + " cannot lie in shared memory: " + why + "; want a record of primitives");
    }

    private int layOut() {
        int end = 0;
        for (int i = 0; i < components.length; i++) {
            Integer width = WIDTHS.get(components[i].getType());
            if (width == null) {
                throw refused(type, "its component " + components[i]);
            }
            offsets[i] = (end + width - 1) / width * width;
            end = offsets[i] + width;
        }
        return end;
    }

    private MethodHandle decoder(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        MethodHandle all = lookup.findConstructor(type, MethodType.methodType(void.class, types));
        for (int i = 0; i < components.length; i++) {
            MethodHandle get = WordAccess.getter(types[i]);
            all = MethodHandles.filterArguments(all, i, MethodHandles.insertArguments(get, 1, offsets[i]));
        }
        MethodType oneArgument = MethodType.methodType(type, long[].class);
        all = MethodHandles.permuteArguments(all, oneArgument, new int[components.length]);
        return all.asType(MethodType.methodType(Record.class, long[].class));
    }

    private MethodHandle encoder(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
        MethodHandle all = null;
        for (int i = 0; i < components.length; i++) {
            MethodHandle put = MethodHandles.insertArguments(WordAccess.putter(components[i].getType()), 1, offsets[i]);
            MethodHandle accessor = lookup.unreflect(components[i].getAccessor());
            // (words, value) becomes (words, record), then (record, words).
            put = MethodHandles.permuteArguments(
                    MethodHandles.filterArguments(put, 1, accessor),
                    MethodType.methodType(void.class, type, long[].class),
                    1,
                    0);
            all = all == null ? put : MethodHandles.foldArguments(put, all);
        }
        return all.asType(MethodType.methodType(void.class, Record.class, long[].class));
    }

    Class<R> type() {
        return type;
    }

    /** How many words of 8 bytes it takes. */
    int words() {
        return words;
    }

    /** Differs for records that do not lie alike; never 0. */
    long fingerprint() {
        long hash = 0xcbf29ce484222325L;
        String text = toString();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    /** Makes a record; throws what its constructor throws. */
    R decode(long[] from) {
        try {
            return type.cast((Record) decoder.invokeExact(from));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", e);
        }
    }

    long[] encode(R record) {
        long[] into = new long[words];
        try {
            encoder.invokeExact((Record) type.cast(record), into);
            return into;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor of " + type.getName() + " failed", e);
        }
    }

    /** For example {@code Point{0: double x, 8: double y, 16: int id; 24 bytes}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.getSimpleName()).append('{');
        for (int i = 0; i < components.length; i++) {
            text.append(i == 0 ? "" : ", ").append(offsets[i]).append(": ").append(components[i]);
        }
        return text.append("; ")
                .append((long) words * Long.BYTES)
                .append(" bytes}")
                .toString();
    }
}
