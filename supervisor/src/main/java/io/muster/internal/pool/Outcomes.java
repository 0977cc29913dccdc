package io.muster.internal.pool;

import io.muster.RemoteException;
import io.muster.TaskSerializationException;
import io.muster.TaskSerializationException.Place;
import io.muster.child.task.Failure;
import io.muster.child.task.RemoteThrowable;
import io.muster.child.task.TaskRunner;
import io.muster.child.task.TaskTable;
import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.wait.VirtualThreads;
import java.util.concurrent.CompletionException;

/** From the bytes of an outcome to a value or an exception of this process. Any thread. */
final class Outcomes {
    /** An outcome that lay in its slot is no larger; most are a number. */
    private static final int SMALL_BYTES = TaskTable.IN_SLOT_BYTES;

    private final ObjectCodec codec;
    private final ThreadLocal<Small> smalls = ThreadLocal.withInitial(Small::new);

    Outcomes(ObjectCodec codec) {
        this.codec = codec;
    }

    /** Whether decoding runs no code but ours, so that the pool's own threads may do it. */
    static boolean isSelfContained(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == TaskRunner.OK && ObjectCodec.isSelfContained(bytes[1]);
    }

    /** Completes a task with its outcome. */
    <T> void complete(PoolTask<T> task, byte[] bytes) {
        completion(task, bytes).run();
    }

    /** Decodes an outcome; what is returned completes the task with it. Never throws. */
    <T> Runnable completion(PoolTask<T> task, byte[] bytes) {
        T value;
        try {
            value = decode(bytes);
        } catch (CompletionException thrown) {
            // The JDK's futures would take it for their own wrapping and show its cause only.
            return () -> task.completeExceptionally(new CompletionException(thrown));
        } catch (Throwable thrown) {
            return () -> task.completeExceptionally(thrown);
        }
        return () -> task.complete(value);
    }

    /**
     * The value of an outcome.
     *
     * @throws Throwable what the task threw, or what kept it or its result from travelling
     */
    @SuppressWarnings("unchecked")
    <T> T decode(byte[] bytes) throws Throwable {
        var in = inputOver(bytes);
        if (in.readByte() == TaskRunner.OK) {
            try {
                return (T) codec.read(in);
            } catch (DecodeException e) {
                throw new TaskSerializationException(
                        Place.RESULT_IN_PARENT, "the task's result cannot be read here: " + e.getMessage(), e);
            }
        }
        Failure failure = Failure.read(in);
        Throwable thrown = toThrowable(failure.thrown());
        if (failure.item() != Failure.NO_ITEM) {
            throw new ItemFailure(failure.item(), thrown);
        }
        throw switch (failure.stage()) {
            case RUN -> thrown;
            case DECODE_TASK ->
                new TaskSerializationException(
                        Place.TASK_IN_WORKER,
                        "the task cannot be read in the worker: "
                                + failure.thrown().message(),
                        thrown);
            case ENCODE_RESULT ->
                new TaskSerializationException(
                        Place.RESULT_IN_WORKER,
                        "the task's result cannot travel: " + failure.thrown().message(),
                        thrown);
        };
    }

    /** Decoding what is self-contained calls nobody who could decode something else on this thread meanwhile. */
    private CodecInput inputOver(byte[] bytes) {
        return bytes.length <= SMALL_BYTES && isSelfContained(bytes) && !VirtualThreads.isCurrent()
                ? smalls.get().over(bytes)
                : new CodecInput(bytes);
    }

    /** A thread's input for small outcomes: a new one takes half of all bytes that a small task costs. */
    private static final class Small {
        private final byte[] bytes = new byte[SMALL_BYTES];
        private final CodecInput in = new CodecInput(bytes);

        CodecInput over(byte[] outcome) {
            System.arraycopy(outcome, 0, bytes, 0, outcome.length);
            return in.wrap(bytes, 0, outcome.length);
        }
    }

    private Throwable toThrowable(RemoteThrowable remote) {
        if (remote.serialized() != null) {
            try {
                return (Throwable) codec.decode(remote.serialized(), 0, remote.serialized().length);
            } catch (Throwable unreadable) {
                // Its class is missing here or its own code throws here: what it said is still told, below.
            }
        }
        return asData(remote);
    }

    private static RemoteException asData(RemoteThrowable remote) {
        return new RemoteException(
                remote.className(),
                remote.message(),
                remote.frames(),
                remote.cause() == null ? null : asData(remote.cause()));
    }

    /** One item of a chunk failed. Only {@link MapJob} sees this. */
    static final class ItemFailure extends Exception {
        private static final long serialVersionUID = 1;

        private final int item;

        ItemFailure(int item, Throwable cause) {
            super(null, cause, false, false);
            this.item = item;
        }

        int item() {
            return item;
        }
    }
}
