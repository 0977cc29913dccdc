package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Reads pipes and queues from their files, for who only looks. */
final class ChannelReader {
    private static final long NOT_COUNTED = -1;

    private final SegmentFile in;
    private final long base;
    private final LongFunction<String> describe;

    /**
     * @param base where the object's body begins
     * @param describe a party, for people
     */
    ChannelReader(SegmentFile in, long base, LongFunction<String> describe) {
        this.in = in;
        this.base = base;
        this.describe = describe;
    }

    private long number(int at) throws IOException {
        return in.getLong(base + at);
    }

    /** What was received was sent: read in this order there is never less than nothing in it. */
    ChannelView pipe(String id) throws IOException {
        int places = in.getInt(base + PipeLayout.PLACES);
        if (places < 1 || places > PartyId.MAX_SLOTS) {
            throw new CorruptSegmentException(id + ": a pipe with room for " + places + " processes");
        }
        long received = number(PipeLayout.RECEIVED);
        long receivedBytes = number(PipeLayout.RECEIVED_BYTES);
        long depth = PipeLayout.depth(number(PipeLayout.TAIL), number(PipeLayout.HEAD));
        long sent = number(PipeLayout.SENT);
        return new ChannelView(
                "Pipe",
                id,
                Math.max(0, sent - received),
                depth,
                NOT_COUNTED,
                Math.max(depth, number(PipeLayout.HIGH_WATER)),
                sent,
                number(PipeLayout.SENT_BYTES),
                received,
                receivedBytes,
                number(PipeLayout.SEND_BLOCKED),
                number(PipeLayout.RECEIVE_BLOCKED),
                0,
                0,
                holders(PipeLayout.writers(places), places),
                holders(PipeLayout.READERS, places),
                List.of(),
                List.of());
    }

    private List<String> holders(long at, int places) throws IOException {
        List<String> holders = new ArrayList<>();
        for (long party : PartyCells.holdersIn(in, base + at, places)) {
            holders.add(describe.apply(party));
        }
        return holders;
    }

    ChannelView queue(String id) throws IOException {
        int style = in.getInt(base + QueueLayout.STYLE);
        if (style < 0 || style >= QueueStyle.values().length) {
            throw new CorruptSegmentException(id + ": a queue of style " + style);
        }
        // What has left was put: in this order there is never less than nothing in it.
        long head = number(QueueLayout.HEAD);
        long freed = number(QueueLayout.FREED_BYTES);
        long taken = number(QueueLayout.TAKES);
        long bytes = number(QueueLayout.PUT_BYTES) - freed;
        return new ChannelView(
                QueueStyle.values()[style].typeName,
                id,
                Math.max(0, QueueLayout.between(head, number(QueueLayout.TAIL))),
                Math.max(0, bytes),
                number(QueueLayout.HIGH),
                NOT_COUNTED,
                number(QueueLayout.PUTS),
                number(QueueLayout.PUT_BYTES),
                taken,
                number(QueueLayout.TAKEN_BYTES),
                number(QueueLayout.PUT_WAITED),
                number(QueueLayout.TAKE_WAITED),
                in.getInt(base + QueueLayout.HELD),
                number(QueueLayout.RETURNED),
                users(QueueUse.PUTS),
                users(QueueUse.TAKES),
                users(QueueUse.ATTACHED),
                in.getInt(base + QueueLayout.HELD) == 0 ? List.of() : itemHolders());
    }

    private List<String> users(int what) throws IOException {
        int places = in.getInt(base + QueueLayout.PLACES);
        List<String> users = new ArrayList<>();
        for (long party : PartyCells.holdersIn(in, base + QueueLayout.USERS, places, what)) {
            users.add(describe.apply(party));
        }
        return users;
    }

    /** The queue's other file says that; it may be gone by now. */
    private List<String> itemHolders() throws IOException {
        int count = in.getInt(base + QueueLayout.CELLS);
        Map<Long, Integer> items = new TreeMap<>();
        Path file = QueueFiles.cellsOf(Cell.refIn(in, base));
        try (SegmentFile cells = SegmentFile.open(file, QueueLayout.FILE_KIND, QueueLayout.VERSION)) {
            for (int cell = 0; cell < count; cell++) {
                long state = cells.getLong(QueueLayout.cell(cell) + QueueLayout.STATE);
                int phase = QueueLayout.phase(state);
                if (phase == QueueLayout.IS_TAKEN || phase == QueueLayout.IS_LENT) {
                    items.merge(QueueLayout.party(state), 1, Integer::sum);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<String> holders = new ArrayList<>();
        items.forEach((party, number) -> holders.add(number + " by " + describe.apply(party)));
        return holders;
    }
}
