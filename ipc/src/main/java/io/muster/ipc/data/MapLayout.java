package io.muster.ipc.data;

import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;

/**
 * Where the fields of a map's cell and header file lie. Several processes map them, so this class <em>is</em> the protocol: a
 * change here is a change of {@link #VERSION}. What a stripe's entries look like is in {@link StripeLayout}.
 *
 * <pre>
 *   cell (kind SMAP)
 *      0 | PREFIX_LENGTH i32 | prefix of the names of all its files, ASCII     constant
 *
 *   header file PREFIX.head (kind MAPH)
 *      0 | STRIPES i32          | FLAGS i32                                     all of this is constant
 *      8 | SEED i64             of the hash
 *     16 | MAX_ENTRIES i64      per stripe, 0: no bound
 *     24 | MAX_BYTES i64        per stripe, 0: no bound
 *     32 | TTL i64              nanoseconds that an entry lives if its put says nothing, 0: for ever
 *     40 | FIRST_BYTES i64      of a stripe's first segment
 *     48 | RECENCY_BYTES i32    per stripe, 0 or a power of two
 *     52 | KEY_TYPE_LENGTH i32  | VALUE_TYPE_LENGTH i32
 *     64 | class names, UTF-8
 *   1024 | stripes, 256 bytes each
 *        |   line 0    0 | lock                                                 a RobustLock
 *        |            48 | VERSION i64    the last version given to an entry    index; only rises
 *        |            56 | COUNT i64      entries                               index
 *        |   line 1   64 | NEXT_EXPIRY i64  no entry expires before that        index
 *        |            72 | FILE_BYTES i64   of large values                     index
 *        |            80 | HAND i32         where eviction looks next           hint
 *        |            84 | SPARE i32        number of a file to rebuild into, 0 index
 *        |            88 | MOST i64         the highest COUNT so far             for people
 *        |   line 2  128 | CUR i64 {generation:32 | file:32}                    the truth: which segment counts
 *        | recency bytes of all stripes                                         hints
 *
 *   CUR   file 0: the stripe is empty and has no segment; all ones: the map is closed. Changed by CAS, by the lock's holder
 *         except for closing. Each change has a higher generation.
 *   files PREFIX.s[stripe].[file] segments, PREFIX.v[stripe].[version] large values. Whichever neither CUR nor SPARE nor an
 *         entry names was left by a death.
 * </pre>
 */
final class MapLayout {
    static final int CELL_KIND = SegmentKind.of("SMAP");
    static final int KIND = SegmentKind.of("MAPH");
    static final int VERSION_NOW = 2;

    static final int PREFIX_LENGTH = 0;
    static final int PREFIX = PREFIX_LENGTH + Integer.BYTES;
    static final int MOST_PREFIX_BYTES = 100;
    static final int CELL_BYTES = PREFIX + MOST_PREFIX_BYTES;

    static final int STRIPES = 0;
    static final int FLAGS = STRIPES + Integer.BYTES;
    static final int SEED = FLAGS + Integer.BYTES;
    static final int MAX_ENTRIES = SEED + Long.BYTES;
    static final int MAX_BYTES = MAX_ENTRIES + Long.BYTES;
    static final int TTL = MAX_BYTES + Long.BYTES;
    static final int FIRST_BYTES = TTL + Long.BYTES;
    static final int RECENCY_BYTES = FIRST_BYTES + Long.BYTES;
    static final int KEY_TYPE_LENGTH = RECENCY_BYTES + Integer.BYTES;
    static final int VALUE_TYPE_LENGTH = KEY_TYPE_LENGTH + Integer.BYTES;
    static final int TYPES = 64;
    static final int FIRST_STRIPE = 1024;
    static final int MOST_TYPE_BYTES = FIRST_STRIPE - TYPES;

    /** Of FLAGS: expiry is on the wall clock, as the map outlives a boot. */
    static final int WALL_CLOCK = 1;
    /** Of FLAGS: keys of any class, equal if their encodings are. */
    static final int ANY_KEYS = 2;

    static final int MOST_STRIPES = 256;

    // Within a stripe.
    static final int LOCK = 0;
    static final int VERSION = LOCK + RobustLock.BYTES;
    static final int COUNT = VERSION + Long.BYTES;
    static final int NEXT_EXPIRY = 64;
    static final int FILE_BYTES = NEXT_EXPIRY + Long.BYTES;
    static final int HAND = FILE_BYTES + Long.BYTES;
    static final int SPARE = HAND + Integer.BYTES;
    static final int MOST = SPARE + Integer.BYTES;
    static final int CUR = 128;
    static final int STRIPE_BYTES = 256;

    static final long CLOSED = -1;

    private MapLayout() {}

    static long stripe(int index) {
        return FIRST_STRIPE + (long) index * STRIPE_BYTES;
    }

    static long recency(int stripes, int index, int recencyBytes) {
        return stripe(stripes) + (long) index * recencyBytes;
    }

    static long headerBytes(int stripes, int recencyBytes) {
        return recency(stripes, stripes, recencyBytes);
    }

    static int file(long cur) {
        return (int) cur;
    }

    static int generation(long cur) {
        return (int) (cur >>> Integer.SIZE);
    }

    /** The one after {@code cur}, over that file; file 0: none. */
    static long next(long cur, int file) {
        int generation = generation(cur) + 1;
        return (long) generation << Integer.SIZE | Integer.toUnsignedLong(file);
    }

    /** The number of a new file in the generation after {@code cur}: no file that is still there has it. */
    static int nextFile(long cur) {
        int generation = generation(cur) + 1;
        return generation == 0 ? 1 : generation;
    }
}
