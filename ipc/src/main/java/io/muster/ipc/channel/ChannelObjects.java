package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.internal.cell.NamedSpec;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * The door of this package for {@link io.muster.ipc.Manager}, not for users: everything in it by name. Thread-safe.
 *
 * <p>Closing a handle that came from here ends that handle alone.
 */
public final class ChannelObjects {
    private final Participant participant;
    private final NamedCells names;

    public ChannelObjects(Participant participant, NamedCells names) {
        this.participant = Objects.requireNonNull(participant, "participant");
        this.names = Objects.requireNonNull(names, "names");
    }

    /** @param options the bounds count only if the queue is made now; kind, order and type have to be those of the queue */
    public <E, Q extends SharedQueue<E>> Q queue(String name, SharedQueueBuilder<E, Q> options) {
        String type = options.style().typeName + "<" + typeName(options.elementType()) + ">";
        int places = participant.place().capacity();
        NamedSpec spec = new NamedSpec(
                QueueLayout.KIND,
                QueueLayout.VERSION,
                type,
                QueueLayout.bodyBytes(places),
                cell -> QueueCore.format(cell, QueueFiles.of(cell.ref()), options.options(), places));
        return options.handle(names.attach(name, spec, QueueCore.class, QueueCore::new));
    }

    /**
     * Looks at an object without attaching to it.
     *
     * @param in the file that it lies in
     * @param id what to call it
     * @param kind what it is; if it is nothing of this package the answer is null
     * @param body where what is its own begins in the file
     * @param describe a party, for people
     */
    public static ChannelView view(SegmentFile in, String id, int kind, long body, LongFunction<String> describe)
            throws IOException {
        ChannelReader reader = new ChannelReader(in, body, describe);
        if (kind == PipeLayout.KIND) {
            return reader.pipe(id);
        }
        return kind == QueueLayout.KIND ? reader.queue(id) : null;
    }

    /** As people write it; a primitive type as the one that its values have in collections. */
    private static String typeName(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType().getTypeName();
    }

    /**
     * What stands for an object of this package in this process, to end it.
     *
     * @return nothing if it is none of this package's
     */
    public List<? extends SharedCore> coresOf(NamedObject object) {
        return object.kind() != QueueLayout.KIND
                ? List.of()
                : List.of(participant.attach(
                        object.ref(),
                        object.kind(),
                        object.version(),
                        QueueCore.class,
                        cell -> new QueueCore(participant, cell)));
    }
}
