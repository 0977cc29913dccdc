package io.muster.child.task;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Arrival;
import io.muster.remote.RemoteBiFunction;
import io.muster.remote.RemoteFunction;
import io.muster.remote.RemoteRunnable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * From a task's bytes to its outcome's bytes: decode, run, encode. What goes wrong on the way is an outcome like any
 * other and never leaves this class, so one task's failure cannot touch the worker.
 *
 * <pre>
 *   outcome   OK u8 | value        or        FAILED u8 | a {@link Failure}
 * </pre>
 *
 * <p>Thread-safety: one instance for each thread that runs tasks.
 */
public final class TaskRunner {
    /** First byte of an outcome: a value follows. */
    public static final byte OK = 0;
    /** First byte of an outcome: a {@link Failure} follows. */
    public static final byte FAILED = 1;

    private final ObjectCodec codec;
    private Failure.Stage stage = Failure.Stage.DECODE_TASK;
    private int item = Failure.NO_ITEM;

    public TaskRunner(ObjectCodec codec) {
        this.codec = codec;
    }

    /** Runs the task that {@code in} holds; {@code out} then holds its outcome and nothing else. */
    public void run(CodecInput in, CodecOutput out) {
        out.reset();
        stage = Failure.Stage.DECODE_TASK;
        item = Failure.NO_ITEM;
        try {
            Object result = call(in);
            stage = Failure.Stage.ENCODE_RESULT;
            out.writeByte(OK);
            codec.write(out, result);
        } catch (Throwable thrown) {
            // An Error is the task's too: where the JVM cannot go on, it has ended by itself (ExitOnOutOfMemoryError).
            fail(out, thrown);
        }
    }

    /** Makes {@code out} the outcome of a task that could not even be read. */
    void refuse(CodecOutput out, Throwable reason) {
        stage = Failure.Stage.DECODE_TASK;
        item = Failure.NO_ITEM;
        fail(out, reason);
    }

    /** Makes {@code out} the outcome of a task whose result found no room on its way to the parent. */
    void refuseResult(CodecOutput out, Throwable reason) {
        stage = Failure.Stage.ENCODE_RESULT;
        item = Failure.NO_ITEM;
        out.reset();
        out.writeByte(FAILED);
        // Short on purpose: this has to fit where the result did not.
        Failure.brief(stage, reason).write(out);
    }

    private void fail(CodecOutput out, Throwable thrown) {
        out.reset();
        out.writeByte(FAILED);
        Failure.of(stage, item, thrown, codec).write(out);
    }

    @SuppressWarnings("unchecked")
    private Object call(CodecInput in) throws Exception {
        Task kind;
        Object function;
        Object first;
        Object second;
        // One for all values: if the last cannot be read, nobody gets the handles in the first either.
        try (Arrival arrival = Arrival.begin()) {
            kind = Task.of(in.readByte());
            function = codec.read(in);
            first = kind == Task.CALL ? null : codec.read(in);
            second = kind == Task.APPLY_TWO || kind == Task.STAR_MAP ? codec.read(in) : null;
            arrival.keep();
        }
        stage = Failure.Stage.RUN;
        return switch (kind) {
            case APPLY -> ((RemoteFunction<Object, Object>) function).apply(first);
            case CALL -> callOrRun(function);
            case APPLY_TWO -> ((RemoteBiFunction<Object, Object, Object>) function).apply(first, second);
            case MAP -> map((RemoteFunction<Object, Object>) function, (List<Object>) first);
            case STAR_MAP ->
                starMap((RemoteBiFunction<Object, Object, Object>) function, (List<Object>) first, (List<Object>)
                        second);
        };
    }

    private static Object callOrRun(Object function) throws Exception {
        if (function instanceof Callable<?> callable) {
            return callable.call();
        }
        if (function instanceof RemoteRunnable runnable) {
            runnable.execute();
        } else {
            ((Runnable) function).run();
        }
        return null;
    }

    private List<Object> map(RemoteFunction<Object, Object> function, List<Object> items) throws Exception {
        var results = new ArrayList<Object>(items.size());
        for (item = 0; item < items.size(); item++) {
            results.add(function.apply(items.get(item)));
        }
        item = Failure.NO_ITEM;
        return results;
    }

    private List<Object> starMap(
            RemoteBiFunction<Object, Object, Object> function, List<Object> firsts, List<Object> seconds)
            throws Exception {
        var results = new ArrayList<Object>(firsts.size());
        for (item = 0; item < firsts.size(); item++) {
            results.add(function.apply(firsts.get(item), seconds.get(item)));
        }
        item = Failure.NO_ITEM;
        return results;
    }
}
