package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ipc.codec.DecodeException.Reason;
import io.muster.ipc.codec.Fixtures.Point;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Lambdas that are run once come back as what they do. */
class LambdaCallTest implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ObjectCodec CODEC = ObjectCodec.standard();

    interface Task<T> extends Callable<T>, Serializable {}

    interface Action extends Serializable {
        void act() throws Exception;
    }

    /** Does more than the method that a lambda gives it. */
    interface Wrapped extends Task<String> {
        String inner();

        @Override
        default String call() {
            return "[" + inner() + "]";
        }
    }

    private final String field = "field";

    private static Object decoded(Object task) {
        return CODEC.decodeToRunOnce(CODEC.encode(task), Task.class, Action.class);
    }

    private static Object result(Object task) throws Exception {
        return assertInstanceOf(LambdaCall.class, decoded(task)).call();
    }

    @Test
    void doWhatTheLambdaDoes() throws Exception {
        boolean z = true;
        byte b = 1;
        char c = 'c';
        long l = 4;
        double d = 6;
        String text = "t";
        String nothing = null;
        int[] array = {7};
        Point point = new Point(8, 9);
        Task<String> task = () -> "" + z + b + c + l + d + text + nothing + array[0] + point;
        assertEquals(task.call(), result(task));
        assertEquals(5, result((Task<Integer>) () -> 5));
        List<String> done = new ArrayList<>();
        assertNull(result((Action) () -> done.add("done")));
    }

    @Test
    void methodReferencesToo() throws Exception {
        assertEquals("own", result((Task<String>) LambdaCallTest::own));
        assertEquals("of another class", result((Task<String>) Other::work));
        assertNull(result((Action) Thread::yield));
    }

    private static String own() {
        return "own";
    }

    private static final class Other {
        static String work() {
            return "of another class";
        }
    }

    @Test
    void whatNeedsAnObjectIsMade() throws Exception {
        assertEquals("field", made((Task<String>) () -> field).call());
        assertEquals(3, made((Task<Integer>) "abc"::length).call());
        assertEquals(List.of(), made((Task<List<String>>) ArrayList::new).call());
    }

    private static Task<?> made(Object task) {
        return assertInstanceOf(Task.class, decoded(task));
    }

    @Test
    void soIsALambdaOfAnotherInterface() throws Exception {
        assertEquals(
                "[in]",
                assertInstanceOf(Wrapped.class, decoded((Wrapped) () -> "in")).call());
    }

    @Test
    void whatItCapturesStaysWhatItIs() throws Exception {
        Task<String> inner = () -> "inner";
        Task<Object> outer = () -> inner;
        assertEquals("inner", assertInstanceOf(Task.class, result(outer)).call());
        record Around(Task<String> task) implements Serializable {}
        assertEquals(
                "inner",
                assertInstanceOf(Around.class, decoded(new Around(inner)))
                        .task()
                        .call());
    }

    @Test
    void whatIsThrownComesAsItIs() {
        assertThrows(
                IOException.class,
                () -> result((Action) () -> {
                    throw new IOException("checked");
                }));
        assertThrows(
                StackOverflowError.class,
                () -> result((Action) () -> {
                    throw new StackOverflowError("error");
                }));
    }

    @Test
    void aLambdaThatTheClassHasNoMoreIsAMissingClass() {
        Task<String> task = () -> "x";
        byte[] bytes = CODEC.encode(task);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf("lambda$");
        bytes[at + 1] = 'A';
        var thrown = assertThrows(DecodeException.class, () -> CODEC.decodeToRunOnce(bytes, Task.class));
        assertSame(Reason.CLASS_MISSING, thrown.reason());
    }

    @Test
    void theFilterIsAskedAboutTheClassThatDoesIt() {
        ObjectInputFilter filter = info -> info.serialClass() == Other.class ? Status.REJECTED : Status.UNDECIDED;
        ObjectCodec careful = ObjectCodec.builder().filter(filter).build();
        byte[] bytes = CODEC.encode((Task<String>) Other::work);
        var thrown = assertThrows(DecodeException.class, () -> careful.decodeToRunOnce(bytes, Task.class));
        assertSame(Reason.REFUSED_BY_FILTER, thrown.reason());
        assertFalse(thrown.getMessage().isEmpty());
    }
}
