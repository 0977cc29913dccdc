package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.wait.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One map as this process sees it: its header and stripes. Its cell says only how its files are called; the header is a file
 * of its own, as a process that was stopped in the middle of a change may still write there long after the map was closed.
 */
final class MapCore extends SharedCore {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final LongSupplier MONOTONIC_NANOS = System::nanoTime;
    private static final LongSupplier WALL_NANOS = () -> System.currentTimeMillis() * 1_000_000;

    private final MapFiles files;
    private final Segment headerSegment;
    private final Memory memory;
    private final MapHeader header;
    private final LongSupplier clock;
    private final long seed;
    private final Stripe[] stripes;

    /** Attaches to the map of a cell. */
    MapCore(Participant participant, Cell cell) {
        this(participant, cell, prefix -> new MapFiles(participant.directory(), prefix), null);
    }

    /**
     * @param filesOf its files, by their prefix
     * @param clock nanoseconds for expiry; null: the one that the header names
     */
    MapCore(Participant participant, Cell cell, Function<String, MapFiles> filesOf, LongSupplier clock) {
        super(participant, cell);
        this.files = filesOf.apply(prefix(cell));
        try {
            this.headerSegment = files.openHeader();
        } catch (SegmentException e) {
            cell.checkOpen();
            throw e;
        }
        this.memory = files.view(headerSegment);
        this.header = MapHeader.of(memory);
        this.seed = header.seed;
        this.clock = clock != null ? clock : (header.flags & MapLayout.WALL_CLOCK) != 0 ? WALL_NANOS : MONOTONIC_NANOS;
        this.stripes = new Stripe[header.stripes];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new Stripe(this, i, new RobustLock(participant, memory, MapLayout.stripe(i) + MapLayout.LOCK));
        }
    }

    /** How many bytes of a cell's body a map takes. */
    static long bodyBytes() {
        return MapLayout.CELL_BYTES;
    }

    /**
     * Makes a map's files, and notes in an unpublished, zeroed cell how they are called.
     *
     * @param files there are none under their prefix yet
     * @param prefix theirs; ASCII, at most {@value MapLayout#MOST_PREFIX_BYTES} characters
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room
     */
    static void formatNew(Cell cell, MapFiles files, String prefix, MapOptions options) {
        byte[] name = prefix.getBytes(StandardCharsets.US_ASCII);
        byte[] keyType = options.keyType().getBytes(StandardCharsets.UTF_8);
        byte[] valueType = options.valueType().getBytes(StandardCharsets.UTF_8);
        if (name.length > MapLayout.MOST_PREFIX_BYTES
                || keyType.length + valueType.length > MapLayout.MOST_TYPE_BYTES) {
            throw new IllegalArgumentException("a map's file prefix may have " + MapLayout.MOST_PREFIX_BYTES
                    + " characters and its type names " + MapLayout.MOST_TYPE_BYTES + " bytes together: " + prefix
                    + ", "
                    + options.keyType() + ", " + options.valueType());
        }
        long bytes = MapLayout.headerBytes(options.stripes(), options.recencyBytes());
        Memory memory = files.view(files.createHeader(bytes));
        MapHeader.write(memory, options, keyType, valueType);
        cell.memory().putInt(cell.body() + MapLayout.PREFIX_LENGTH, name.length);
        cell.memory().putBytes(cell.body() + MapLayout.PREFIX, name, 0, name.length);
    }

    /** The same for a name that may have been used before: what is left there is removed. */
    static void format(Cell cell, MapFiles files, String prefix, MapOptions options) {
        files.removeAll();
        formatNew(cell, files, prefix, options);
    }

    private static String prefix(Cell cell) {
        int length = cell.memory().getInt(cell.body() + MapLayout.PREFIX_LENGTH);
        if (length <= 0 || length > MapLayout.MOST_PREFIX_BYTES) {
            throw new CorruptSegmentException(cell + ": a name of " + length + " bytes; it was overwritten");
        }
        byte[] name = new byte[length];
        cell.memory().getBytes(cell.body() + MapLayout.PREFIX, name, 0, length);
        String prefix = new String(name, StandardCharsets.US_ASCII);
        if (prefix.indexOf('/') >= 0) {
            throw new CorruptSegmentException(cell + ": '" + prefix + "' is no name of a map; it was overwritten");
        }
        return prefix;
    }

    Memory header() {
        return memory;
    }

    MapFiles files() {
        return files;
    }

    Stripe stripeOf(long hash) {
        return stripes[(int) (hash >>> 32) & stripes.length - 1];
    }

    Stripe stripe(int index) {
        return stripes[index];
    }

    int stripeCount() {
        return stripes.length;
    }

    long seed() {
        return seed;
    }

    long firstBytes() {
        return header.firstBytes;
    }

    /** Of each stripe; 0: no bound. */
    long maxEntries() {
        return header.maxEntries;
    }

    /** Of each stripe; 0: no bound. */
    long maxBytes() {
        return header.maxBytes;
    }

    boolean isBounded() {
        return header.recencyBytes != 0;
    }

    boolean allowsAnyKeys() {
        return (header.flags & MapLayout.ANY_KEYS) != 0;
    }

    String keyType() {
        return header.keyType;
    }

    String valueType() {
        return header.valueType;
    }

    /** Nanoseconds that entries live if their put says nothing, 0: for ever. */
    long ttlNanos() {
        return header.ttlNanos;
    }

    long nowNanos() {
        return clock.getAsLong();
    }

    boolean isPast(long nanos) {
        return clock.getAsLong() - nanos >= 0;
    }

    boolean isDead(long partyId) {
        return partyId != participant().self() && participant().isDeadByWitnesses(partyId);
    }

    /** A reader has found something: eviction shall pass it by once. */
    void noteUse(Stripe stripe, int slot, int type) {
        if (header.recencyBytes != 0 && type != 0) {
            mark(stripe.index, slot);
        }
    }

    /** Looks before it stores: a line that many read must not be passed around for nothing. */
    void mark(int stripe, int slot) {
        long at = markOf(stripe, slot);
        if (memory.getByte(at) == 0) {
            memory.putByte(at, (byte) 1);
        }
    }

    /** Whether it had a mark, which it has no more. */
    boolean takeMark(int stripe, int slot) {
        long at = markOf(stripe, slot);
        boolean marked = memory.getByte(at) != 0;
        if (marked) {
            memory.putByte(at, (byte) 0);
        }
        return marked;
    }

    private long markOf(int stripe, int slot) {
        return MapLayout.recency(stripes.length, stripe, header.recencyBytes) + (slot & header.recencyBytes - 1);
    }

    /** Writes all files to the disk, one stripe after the other, each whole. */
    void force() {
        try {
            headerSegment.force();
            for (Stripe stripe : stripes) {
                stripe.lock();
                try {
                    StripeTable table = stripe.current();
                    if (table != null) {
                        table.segment.segment().force();
                        StripeFacts.of(stripe).files.forEach(version -> files.forceValue(stripe.index, version));
                    }
                } finally {
                    stripe.unlock();
                }
            }
            files.forceDirectory();
            headerSegment.force();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        }
    }

    /** How many entries there are: exact at rest, whoever has died. */
    long size() {
        long size = 0;
        for (Stripe stripe : stripes) {
            if (stripe.header.cur() == MapLayout.CLOSED) {
                throw closed();
            }
            size += size(stripe);
        }
        return size;
    }

    /** Waits for nobody but, if one has died, for whoever sets right what that one left. */
    private long size(Stripe stripe) {
        if (MapScratch.isComputing(this)) {
            return StripeExpiry.isDue(stripe) ? StripeCopy.copy(stripe, false).size() : stripe.header.count();
        }
        if (stripe.isIndexDoubtful()) {
            stripe.lock();
            stripe.unlock();
        }
        if (StripeExpiry.isDue(stripe)) {
            if (!stripe.tryLock()) {
                return StripeCopy.copy(stripe, false).size();
            }
            try {
                StripeExpiry.dropIfDue(stripe);
            } finally {
                stripe.unlock();
            }
        }
        return stripe.header.count();
    }

    ClosedObjectException closed() {
        return closedByMaker("SharedMap");
    }

    /** Nobody waits for a process that is stopped in the middle of a change: what it does then is to no effect. */
    @Override
    protected void retire() {
        cell().retire();
        for (Stripe stripe : stripes) {
            long cur = stripe.header.cur();
            while (!stripe.header.replaceCur(cur, MapLayout.CLOSED)) {
                cur = stripe.header.cur();
            }
        }
        Deadline deadline = Deadline.after(CLOSE_LIMIT);
        for (Stripe stripe : stripes) {
            if (stripe.lockToClose(deadline)) {
                stripe.closeLock();
            }
        }
        files.removeAll();
    }

    @Override
    public String toString() {
        return "SharedMap " + files;
    }
}
