package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The codecs of the user: those given to the builder, then those that {@code META-INF/services} lists. Definition on the
 * wire: the codec's class name and version; a 32-bit length follows, so that a codec cannot read into its neighbour.
 */
final class UserCodecs {
    /** Codecs found by name only, kept with their class. */
    private static final ClassValue<Registered> BY_NAME = new ClassValue<>() {
        @Override
        protected Registered computeValue(Class<?> type) {
            return new Registered(instantiate(type));
        }
    };

    private final List<Registered> all;
    private final ClassValue<Registered[]> byType = new ClassValue<>() {
        @Override
        protected Registered[] computeValue(Class<?> type) {
            Registered best = best(type);
            return best == null ? new Registered[0] : new Registered[] {best};
        }
    };

    private UserCodecs(List<Registered> explicit, List<Registered> services) {
        this.all = new ArrayList<>(explicit);
        all.addAll(services);
    }

    /** Loads the services of {@code loader}; this is what takes time, so it waits until a class needs to be asked about. */
    static UserCodecs of(List<Registered> explicit, ClassLoader loader) {
        List<Registered> services = new ArrayList<>();
        try {
            for (Codec<?> codec : ServiceLoader.load(Codec.class, loader)) {
                services.add(new Registered(codec));
            }
        } catch (ServiceConfigurationError e) {
            throw new EncodeException(
                    "a codec that META-INF/services/" + Codec.class.getName() + " lists cannot be used: "
                            + e.getMessage(),
                    Codec.class,
                    e);
        }
        return new UserCodecs(explicit, services);
    }

    /** Returns the codec for objects of this class; null if the user has none. */
    Registered find(Class<?> type) {
        if (all.isEmpty()) {
            return null;
        }
        Registered[] found = byType.get(type);
        return found.length == 0 ? null : found[0];
    }

    private Registered best(Class<?> type) {
        Registered best = null;
        for (Registered candidate : all) {
            Class<?> handled = candidate.codec.type();
            if (handled.isAssignableFrom(type)
                    && (best == null
                            || best.codec.type() != handled && best.codec.type().isAssignableFrom(handled))) {
                best = candidate;
            }
        }
        return best;
    }

    /** One codec and its name on the wire. */
    static final class Registered {
        private final Codec<Object> codec;
        private final byte[] definition;

        @SuppressWarnings("unchecked")
        Registered(Codec<?> codec) {
            this.codec = (Codec<Object>) codec;
            CodecOutput out = new CodecOutput();
            int start = out.startDefinition();
            out.writeString(codec.getClass().getName());
            out.writeVarInt(codec.version());
            out.endDefinition(start);
            definition = out.toByteArray();
        }

        String className() {
            return codec.getClass().getName();
        }

        Class<?> type() {
            return codec.type();
        }

        void write(CodecOutput out, Object value) {
            out.foreign = true;
            out.enter(value);
            out.writeByte(Tags.USER_CODEC);
            out.writeBytes(definition);
            int start = out.position();
            out.writeInt(0);
            try {
                codec.write(out, value);
            } catch (EncodeException e) {
                throw e.inside(value, "(" + className() + ")");
            } catch (RuntimeException e) {
                throw new EncodeException(
                        "the codec " + className() + " failed to write a "
                                + value.getClass().getName() + ": " + e,
                        value.getClass(),
                        e);
            }
            out.view().putInt(start, out.position() - start - Integer.BYTES);
            out.leave();
        }

        Object read(CodecInput in) {
            int length = in.readInt();
            int start = in.position();
            in.take(length);
            in.goTo(start);
            int end = in.limit(start + length);
            int owed = in.owed();
            in.owed(0);
            in.expectHandles();
            in.enter();
            Object value = readValue(in);
            in.leave();
            if (in.remaining() != 0 || value == null) {
                throw new DecodeException(
                        Reason.USER_CODE,
                        "the codec " + className()
                                + (value == null
                                        ? " returned null"
                                        : " left " + in.remaining() + " of " + length + " bytes unread"),
                        null);
            }
            in.limit(end);
            in.owed(owed);
            return value;
        }

        private Object readValue(CodecInput in) {
            try {
                return codec.read(in);
            } catch (DecodeException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new DecodeException(Reason.USER_CODE, "the codec " + className() + " failed to read: " + e, e);
            }
        }
    }

    /** Reads a value that a user's codec wrote. */
    static Object read(ObjectCodec objects, List<Registered> explicit, CodecInput in) {
        int length = in.readDefinitionLength();
        int start = in.take(length);
        Definitions known = objects.resolver().definitions();
        Object found = known.find(in, start, length);
        if (!(found instanceof Registered)) {
            CodecInput definition = in.definition(start, length);
            found = named(objects, explicit, definition.readString(), definition.readVarInt());
            known.add(in, start, length, found);
        }
        Registered registered = (Registered) found;
        objects.admit(registered.codec.getClass());
        return registered.read(in);
    }

    private static Registered named(ObjectCodec objects, List<Registered> explicit, String name, int version) {
        Registered found = null;
        for (Registered candidate : explicit) {
            if (candidate.className().equals(name)) {
                found = candidate;
            }
        }
        if (found == null) {
            Class<?> type = objects.find(name);
            objects.admit(type);
            found = BY_NAME.get(type);
        }
        if (found.codec.version() != version) {
            throw new DecodeException(
                    Reason.CLASS_MISSING,
                    "the codec " + name + " has version " + found.codec.version() + " here, but wrote version "
                            + version,
                    null);
        }
        return found;
    }

    private static Codec<?> instantiate(Class<?> type) {
        if (!Codec.class.isAssignableFrom(type)) {
            throw DecodeException.corrupt(type.getName() + " is not a " + Codec.class.getName());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Codec<?>) constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new DecodeException(
                    Reason.USER_CODE, "the codec " + type.getName() + " cannot be made: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new DecodeException(
                    Reason.CLASS_MISSING,
                    "the codec " + type.getName()
                            + " is not registered here and has no constructor without arguments that"
                            + " could be called: give it to ObjectCodec.builder().codec(..) on this side too",
                    e);
        }
    }
}
