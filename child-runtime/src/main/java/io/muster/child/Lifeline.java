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
 * <p>End of stream is a question, not an answer: the parent's id is looked at before anything is done, more than once, as the
 * stream ends a moment before the id changes ({@link ParentProbe#goneSoon}). And the {@link Guard} looks at it anyway, as a
 * process that native code forked in the parent can hold the stream open.
 */
final class Lifeline {
    private final FileInputStream in;

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

    /** Takes control frames until the stream ends or the thread is interrupted, which a channel can be. */
    void listen(ChildContext context, Thread main, ParentLoss loss) {
        ByteBuffer frame = ByteBuffer.allocateDirect(1);
        try (FileChannel channel = in.getChannel()) {
            while (channel.read(frame) > 0) {
                receive(frame.get(0), context, main, loss);
                frame.clear();
            }
        } catch (IOException e) {
            // Released, or as good as the end of the stream: the guard goes on looking.
        }
    }

    private static void receive(byte kind, ChildContext context, Thread main, ParentLoss loss) {
        if (kind == Control.LOST) {
            loss.announced();
        } else if (!context.deliver(kind) && kind == Control.INTERRUPT) {
            main.interrupt();
        }
    }
}
