package io.muster.internal.pool;

import io.muster.TaskSerializationException;
import io.muster.child.task.Task;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Transfer;
import java.util.List;

/** From a function and its arguments to the bytes that {@link io.muster.child.task.TaskRunner} reads. */
final class TaskEncoder {
    /** Buffers above this size are not kept for a thread's next task. */
    private static final int KEEP_BYTES = 1 << 20;

    private final ObjectCodec codec;
    private final ThreadLocal<CodecOutput> buffers = ThreadLocal.withInitial(CodecOutput::new);
    /** Handles in what this thread has encoded last; mostly there are none. */
    private final ThreadLocal<Transfer> handles = new ThreadLocal<>();

    TaskEncoder(ObjectCodec codec) {
        this.codec = codec;
    }

    /** A callable or runnable, and nothing else. The result is valid until this thread encodes again. */
    CodecOutput call(Object task) {
        return encode(Task.CALL, task, null, null);
    }

    CodecOutput apply(Object function, Object argument) {
        return encode(Task.APPLY, function, argument, null);
    }

    CodecOutput applyTwo(Object function, Object first, Object second) {
        return encode(Task.APPLY_TWO, function, first, second);
    }

    CodecOutput map(Object function, List<?> items) {
        return encode(Task.MAP, function, items, null);
    }

    CodecOutput starMap(Object function, List<?> firsts, List<?> seconds) {
        return encode(Task.STAR_MAP, function, firsts, seconds);
    }

    private CodecOutput encode(Task kind, Object function, Object first, Object second) {
        CodecOutput out = buffer();
        Transfer transfer = Transfer.toTask();
        boolean done = false;
        try (transfer) {
            out.writeByte((byte) kind.ordinal());
            codec.write(out, function);
            if (kind != Task.CALL) {
                codec.write(out, first);
            }
            if (kind == Task.APPLY_TWO || kind == Task.STAR_MAP) {
                codec.write(out, second);
            }
            if (out.array().length > KEEP_BYTES) {
                buffers.remove(); // it is the caller's alone
            }
            if (!transfer.isEmpty()) {
                handles.set(transfer);
            }
            done = true;
            return out;
        } catch (EncodeException e) {
            throw new TaskSerializationException(TaskSerializationException.Place.TASK_IN_PARENT, e.getMessage(), e);
        } finally {
            if (!done) {
                transfer.end();
            }
        }
    }

    /**
     * The uses of shared objects that this process keeps for the task that this thread has just encoded, until the task is over.
     *
     * @return null: none
     */
    Transfer takeHandles() {
        Transfer taken = handles.get();
        if (taken != null) {
            handles.remove();
        }
        return taken;
    }

    private CodecOutput buffer() {
        CodecOutput out = buffers.get();
        out.reset();
        return out;
    }
}
