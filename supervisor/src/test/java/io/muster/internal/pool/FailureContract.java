package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.RemoteException;
import io.muster.TaskSerializationException;
import io.muster.TaskSerializationException.Place;
import io.muster.WorkerInfo;
import io.muster.remote.RemoteCallable;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong with a task is that task's alone; no worker dies of it. */
interface FailureContract extends PoolUser {
    ThreadLocal<List<Long>> PIDS = new ThreadLocal<>();

    @BeforeEach
    default void rememberWorkers() throws Exception {
        assertWorks(pool());
        PIDS.set(pids());
    }

    @AfterEach
    default void workersAreTheSame() throws Exception {
        assertWorks(pool());
        assertEquals(PIDS.get(), pids());
    }

    private List<Long> pids() {
        return pool().workers().stream().map(WorkerInfo::pid).toList();
    }

    // ---- exceptions ----

    @Test
    default void anExceptionThatCannotTravelArrivesAsData() throws Exception {
        for (RemoteCallable<Object> task : List.<RemoteCallable<Object>>of(
                () -> {
                    throw new Oddities.HoldsAThread("what it said");
                },
                () -> {
                    throw new Oddities.CannotBeRead("what it said");
                },
                () -> {
                    throw new Oddities.CannotBeWritten("what it said");
                })) {
            var thrown = assertThrows(RemoteException.class, () -> pool().apply(task));
            assertTrue(thrown.originalClassName().startsWith(Oddities.class.getName()), thrown::originalClassName);
            assertTrue(thrown.getMessage().contains("what it said"), thrown::getMessage);
            assertEquals(FailureContract.class.getName(), thrown.getStackTrace()[0].getClassName());
            var cause = assertInstanceOf(RemoteException.class, thrown.getCause());
            assertEquals(IllegalStateException.class.getName(), cause.originalClassName());
        }
    }

    /** It survived the round trip in the worker, and here its own code throws all the same. */
    @Test
    default void anExceptionThatCannotBeReadHereArrivesAsData() {
        if (!isInline()) {
            var thrown =
                    assertThrows(RemoteException.class, () -> pool().apply(Oddities::throwUnreadableIn, Tasks.pid()));
            assertTrue(thrown.getMessage().contains("only in workers"));
        }
    }

    @Test
    default void exceptionsWithBadMannersArrive() {
        for (RemoteCallable<Object> task : List.<RemoteCallable<Object>>of(
                () -> {
                    throw new Oddities.ThrowsWhenAsked();
                },
                Oddities::throwRing,
                Oddities::throwLongChain)) {
            assertThrows(RuntimeException.class, () -> pool().apply(task));
        }
        var large = assertThrows(
                IllegalStateException.class,
                () -> pool().apply(() -> {
                    throw new IllegalStateException("x".repeat(3 << 20));
                }));
        assertEquals(3 << 20, large.getMessage().length());
    }

    @Test
    default void exceptionsOfTheJdksFuturesKeepTheirType() throws Exception {
        RemoteCallable<Object> completion = () -> {
            throw new CompletionException("mine", new IllegalStateException());
        };
        assertEquals(
                "mine",
                assertThrows(CompletionException.class, () -> pool().apply(completion))
                        .getMessage());
        assertEquals(
                "mine",
                assertInstanceOf(CompletionException.class, PoolUser.failure(pool().applyAsync(completion)))
                        .getMessage());
        RemoteCallable<Object> cancellation = () -> {
            throw new CancellationException("mine");
        };
        assertThrows(CancellationException.class, () -> pool().apply(cancellation));
    }

    @Test
    default void aStackOverflowIsTheTasksOwn() {
        assertThrows(StackOverflowError.class, () -> pool().apply(Oddities::recurse, 0));
    }

    // ---- serialization, at each of the four places ----

    @Test
    default void aTaskThatCannotBeWrittenIsRefusedAtTheCall() {
        var thread = new Thread();
        assertPlace(Place.TASK_IN_PARENT, () -> pool().apply(() -> thread));
        assertPlace(Place.TASK_IN_PARENT, () -> pool().applyAsync(() -> thread));
        assertPlace(Place.TASK_IN_PARENT, () -> pool().apply(x -> x, thread));
        assertPlace(Place.TASK_IN_PARENT, () -> pool().map(x -> x, List.of(1, thread)));
        assertPlace(Place.TASK_IN_PARENT, () -> pool().submit((Runnable) () -> {}));
        assertPlace(Place.TASK_IN_PARENT, () -> pool().apply(x -> x, new Oddities.UnwritableValue()));
    }

    @Test
    default void aTaskThatCannotBeReadFails() {
        assertPlace(Place.TASK_IN_WORKER, () -> pool().apply(x -> x, new Oddities.UnreadableValue()));
        assertPlace(Place.TASK_IN_WORKER, () -> pool().map(x -> x, List.of(1, new Oddities.UnreadableValue())));
    }

    @Test
    default void aResultThatCannotBeWrittenFails() throws Exception {
        assertPlace(Place.RESULT_IN_WORKER, () -> pool().apply(Thread::currentThread));
        assertPlace(Place.RESULT_IN_WORKER, () -> pool().map(x -> Thread.currentThread(), List.of(1, 2)));
        var thrown = PoolUser.failure(pool().applyAsync(Thread::currentThread));
        assertSame(
                Place.RESULT_IN_WORKER,
                assertInstanceOf(TaskSerializationException.class, thrown).place());
        assertTrue(thrown.getMessage().contains("java.lang.Thread"), thrown::getMessage);
    }

    @Test
    default void aResultThatCannotBeReadFails() throws Exception {
        assertPlace(Place.RESULT_IN_PARENT, () -> pool().apply(Oddities.UnreadableValue::new));
        var thrown = PoolUser.failure(pool().applyAsync(Oddities.UnreadableValue::new));
        assertSame(
                Place.RESULT_IN_PARENT,
                assertInstanceOf(TaskSerializationException.class, thrown).place());
    }

    private static void assertPlace(Place place, org.junit.jupiter.api.function.Executable call) {
        var thrown = assertThrows(TaskSerializationException.class, call);
        assertSame(place, thrown.place(), thrown::getMessage);
    }

    @Test
    default void deepAndWideGraphsTravelOrAreRefused() throws Exception {
        for (int depth : new int[] {100, 1000, 100_000}) {
            Oddities.Node chain = Oddities.chain(depth);
            try {
                assertEquals(depth, pool().<Oddities.Node, Integer>apply(Oddities.Node::depth, chain));
            } catch (TaskSerializationException tooDeep) {
                assertTrue(depth > 500, "depth " + depth + " should travel: " + tooDeep);
            }
            try {
                assertEquals(depth, pool().apply(Oddities::chain, depth).depth());
            } catch (TaskSerializationException tooDeep) {
                assertTrue(depth > 500, "depth " + depth + " should travel: " + tooDeep);
            }
        }
        var wide = new java.util.ArrayList<Object>();
        for (int i = 0; i < 20_000; i++) {
            wide.add(new Oddities.Node(null));
        }
        wide.add(wide.get(0));
        assertEquals(20_001, pool().<List<Object>, Integer>apply(List::size, wide));
    }
}
