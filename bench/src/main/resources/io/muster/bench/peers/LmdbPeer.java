import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.SplittableRandom;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB with keys and values as Muster's map has them, every step a transaction of its own, not synced. Argument: rounds. */
class LmdbPeer {
    static final int STEPS = 50_000;
    static final int WARM_UPS = 3;
    static long sink;

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        getAndPut(10_000, rounds);
        getAndPut(100_000, rounds);
        Runtime.getRuntime().halt(0);
    }

    static void getAndPut(int count, int rounds) throws Exception {
        File directory = Files.createTempDirectory("lmdb").toFile();
        Env<ByteBuffer> env = Env.create().setMapSize(256L << 20).setMaxDbs(1).open(directory, EnvFlags.MDB_NOSYNC, EnvFlags.MDB_WRITEMAP);
        Dbi<ByteBuffer> db = env.openDbi("map", DbiFlags.MDB_CREATE);
        ByteBuffer key = ByteBuffer.allocateDirect(64);
        ByteBuffer value = ByteBuffer.allocateDirect(8);
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = "key-" + i;
            db.put(encode(key, keys[i]), value.putLong(0, i));
        }
        int[] order = new SplittableRandom(1).ints(STEPS, 0, count).toArray();
        StringBuilder gets = new StringBuilder();
        StringBuilder puts = new StringBuilder();
        Txn<ByteBuffer> read = env.txnRead();
        read.reset();
        for (int i = -WARM_UPS; i < rounds; i++) {
            long start = System.nanoTime();
            long sum = 0;
            for (int index : order) {
                read.renew();
                sum += db.get(read, encode(key, keys[index])).getLong(0);
                read.reset();
            }
            long middle = System.nanoTime();
            for (int index : order) {
                db.put(encode(key, keys[index]), value.putLong(0, sum + index));
            }
            long end = System.nanoTime();
            sink += sum;
            if (i >= 0) {
                gets.append((double) (middle - start) / STEPS).append(' ');
                puts.append((double) (end - middle) / STEPS).append(' ');
            }
        }
        System.out.println("get-" + count / 1000 + "k\tLMDB\t" + gets);
        System.out.println("put-" + count / 1000 + "k\tLMDB\t" + puts);
        for (File file : directory.listFiles()) {
            file.delete();
        }
        directory.delete();
    }

    static ByteBuffer encode(ByteBuffer into, String key) {
        into.clear();
        into.put(key.getBytes(US_ASCII)).flip();
        return into;
    }
}
