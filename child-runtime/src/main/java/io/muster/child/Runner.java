package io.muster.child;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.remote.RemoteCallable;
import io.muster.remote.RemoteRunnable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** A decoded target. Making one checks that it can run; nothing of it has run yet. */
abstract class Runner {
    /** Runs the target on the calling thread; the exit code. */
    abstract int run() throws Throwable;

    /** Decodes: whatever is thrown here means that the child cannot start. */
    static Runner of(Target target, ChildContext context, ClassLoader loader) throws Exception {
        switch (target.kind()) {
            case Target.LAMBDA:
                return new Lambda(decode(target.payload(), loader));
            case Target.MAIN:
                return new Main(mainMethod(Class.forName(target.className(), true, loader)), target.arguments());
            case Target.ENTRY:
                Object entry = Class.forName(target.className(), true, loader)
                        .getConstructor()
                        .newInstance();
                return new Entry((ChildEntry) entry, context, target.payload());
            default:
                throw new IllegalStateException("target of unknown kind " + target.kind());
        }
    }

    private static Object decode(byte[] encoded, ClassLoader loader) {
        return ObjectCodec.builder().classLoader(loader).build().decode(encoded, 0, encoded.length);
    }

    private static Method mainMethod(Class<?> type) throws NoSuchMethodException {
        Method main = type.getMethod("main", String[].class);
        if (!Modifier.isStatic(main.getModifiers())) {
            throw new NoSuchMethodException("main(String[]) of " + type.getName() + " is not static");
        }
        main.setAccessible(true);
        return main;
    }

    private static final class Lambda extends Runner {
        private Object target;

        Lambda(Object target) {
            this.target = target;
        }

        @Override
        int run() throws Exception {
            Object once = target;
            target = null;
            if (once instanceof RemoteRunnable) {
                ((RemoteRunnable) once).execute();
            } else if (once instanceof RemoteCallable) {
                ((RemoteCallable<?>) once).call();
            } else {
                ((Runnable) once).run();
            }
            return 0;
        }
    }

    private static final class Main extends Runner {
        private final Method main;
        private final String[] arguments;

        Main(Method main, String[] arguments) {
            this.main = main;
            this.arguments = arguments;
        }

        @Override
        int run() throws Throwable {
            try {
                main.invoke(null, (Object) arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            return 0;
        }
    }

    private static final class Entry extends Runner {
        private final ChildEntry entry;
        private final ChildContext context;
        private final byte[] argument;

        Entry(ChildEntry entry, ChildContext context, byte[] argument) {
            this.entry = entry;
            this.context = context;
            this.argument = argument;
        }

        @Override
        int run() throws Exception {
            return entry.run(context, argument);
        }
    }
}
