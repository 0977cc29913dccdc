package io.muster.child;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The open stdin of a child: carries the bootstrap record and control frames, and its end says that the parent is gone.
 *
 * <p>It is taken away from user code: the stream is opened a second time as an own descriptor, then descriptor 0 is
 * pointed elsewhere, and {@code System.in} becomes an empty stream. So user code that reads or closes its input, and
 * programs that inherit it, meet nothing of ours.
 *
 * <p>End of stream is a question, not an answer: the parent's id is looked at before anything is done. And it is looked
 * at every {@value #LOOK_MILLIS} ms anyway, as a process that native code forked in the parent can hold the stream open.
 */
final class Lifeline {
    private static final int LOOK_MILLIS = 500;

    private final FileInputStream in;
    private Thread listener;

    private Lifeline(FileInputStream in) {
        this.in = in;
    }

    /** Takes stdin over. */
    static Lifeline take() throws IOException {
        FileInputStream own;
        try {
            own = new FileInputStream("/proc/self/fd/0");
        } catch (IOException e) {
            // No /proc: share the descriptor. User code that closes it makes us poll the parent instead.
            System.setIn(InputStream.nullInputStream());
            return new Lifeline(new FileInputStream(FileDescriptor.in));
        }
        new FileInputStream(FileDescriptor.in).close(); // the JDK points 0 to /dev/null instead of freeing the number
        System.setIn(InputStream.nullInputStream());
        return new Lifeline(own);
    }

    /** The bootstrap record; null if the parent ended before it wrote one. */
    Bootstrap readBootstrap() throws IOException {
        return Bootstrap.readFrom(in);
    }

    /** Starts the two threads that listen and look. */
    void watch(ChildContext context, Thread main, ParentLoss loss) {
        ParentProbe probe = new ParentProbe(context.parent().pid());
        listener = new Listener(context, main, probe, loss);
        listener.start();
        new Guard(probe, loss).start();
    }

    /**
     * Stops listening, before the JVM ends: it waits 300 ms for threads that sit in a native call, and for others not.
     * The guard goes on looking.
     */
    void release() {
        if (listener != null && listener != Thread.currentThread()) {
            listener.interrupt();
        }
    }

    /** Reads control frames until the stream ends. Through a channel, as that can be interrupted. */
    private final class Listener extends Thread {
        private final ChildContext context;
        private final Thread main;
        private final ParentProbe probe;
        private final ParentLoss loss;

        Listener(ChildContext context, Thread main, ParentProbe probe, ParentLoss loss) {
            super(null, null, "muster-lifeline", 0, false);
            setDaemon(true);
            this.context = context;
            this.main = main;
            this.probe = probe;
            this.loss = loss;
        }

        @Override
        public void run() {
            ByteBuffer frame = ByteBuffer.allocateDirect(1);
            try (FileChannel channel = in.getChannel()) {
                while (channel.read(frame) > 0) {
                    receive(frame.get(0));
                    frame.clear();
                }
            } catch (IOException e) {
                // Released, or as good as the end of the stream: the guard goes on looking.
            }
            if (probe.parentGone()) {
                loss.happened();
            }
        }

        private void receive(byte kind) {
            if (kind == Control.LOST) {
                loss.announced();
            } else if (!context.deliver(kind) && kind == Control.INTERRUPT) {
                main.interrupt();
            }
        }
    }

    /** Looks at the parent's id now and then. */
    private static final class Guard extends Thread {
        private final ParentProbe probe;
        private final ParentLoss loss;

        Guard(ParentProbe probe, ParentLoss loss) {
            super(null, null, "muster-guard", 0, false);
            setDaemon(true);
            this.probe = probe;
            this.loss = loss;
        }

        @Override
        public void run() {
            while (!probe.parentGone()) {
                try {
                    Thread.sleep(LOOK_MILLIS);
                } catch (InterruptedException e) {
                    // Nobody has a reason to interrupt this thread; looking once more does no harm.
                }
            }
            loss.happened();
        }
    }
}
