package io.muster.child.task;

import io.muster.child.ChildContext;
import io.muster.child.ChildEntry;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.wait.Waiter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** What a pool's worker JVM runs: attaches to the pool's table and serves it until told to stop. */
public final class WorkerEntry implements ChildEntry {
    /** The argument with which the parent starts a worker. */
    public static byte[] argument(Path base, int worker, int epoch) {
        return (worker + "\n" + epoch + "\n" + base).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int run(ChildContext context, byte[] argument) {
        String text = new String(argument, StandardCharsets.UTF_8);
        int first = text.indexOf('\n');
        int second = text.indexOf('\n', first + 1);
        int worker = Integer.parseInt(text.substring(0, first));
        int epoch = Integer.parseInt(text.substring(first + 1, second));
        int code = 1;
        try {
            serve(new PoolFiles(Path.of(text.substring(second + 1))), worker, epoch);
            code = 0;
        } catch (Throwable unexpected) {
            unexpected.printStackTrace();
        }
        // Threads that tasks have left behind must keep neither a stopped worker nor a broken one from ending.
        System.exit(code);
        return code;
    }

    private static void serve(PoolFiles files, int worker, int epoch) {
        try (var table = TaskTable.open(files.table());
                var shapes = ShapeLog.open(files.shapes());
                var arguments = new BlobReader(files.arguments())) {
            // Never closed here: that would remove its files, and the parent may not have read all yet.
            var results = new BlobWriter(files.results(worker, epoch), true);
            long owner = SlotWord.owner(worker, epoch);
            var codec = ObjectCodec.builder()
                    .classLoader(Thread.currentThread().getContextClassLoader())
                    .dictionary(shapes)
                    .build();
            // A class and not a lambda: see WorkerLoop.
            var tended = new LongSupplier() {
                @Override
                public long getAsLong() {
                    return table.tendedNanos();
                }
            };
            var waiter = Waiter.builder()
                    .permit(table.spinPermit(owner))
                    .cpus(table.cpus())
                    .longestSlice(tended)
                    .build();
            new WorkerLoop(table, worker, owner, new TaskRunner(codec), arguments, results, waiter).run();
        }
    }
}
