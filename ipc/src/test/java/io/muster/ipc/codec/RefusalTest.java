package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.Fixtures.Holder;
import io.muster.ipc.codec.Fixtures.Server;
import io.muster.ipc.codec.Fixtures.Socket;
import java.io.NotSerializableException;
import java.nio.file.attribute.GroupPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The texts that users meet when something cannot travel. */
class RefusalTest {
    private static final String REMEDY =
            "implement java.io.Serializable, make it a record, register an io.muster.ipc.codec.Codec for it, or create it in"
                    + " the other process";
    private static final String SOCKET = "io.muster.ipc.codec.Fixtures$Socket";

    private final ObjectCodec codec = ObjectCodec.standard();
    private final PdfService service = new PdfService();

    @Test
    void aLambdaThatUsesAField() {
        assertEquals(
                "the lambda at PdfService.java:13 captures `this` (PdfService) because it uses the field `parser`;"
                        + " copy the field to a local, make the method static, or build it in the worker",
                refused(service.usesField()).getMessage());
    }

    @Test
    void aLambdaThatCallsAMethod() {
        assertEquals(
                "the lambda at PdfService.java:17 captures `this` (PdfService) because it uses the method `helper`;"
                        + " make the method static, or build the object in the worker",
                refused(service.callsMethod()).getMessage());
    }

    @Test
    void aMethodReferenceBoundToAnObject() {
        assertEquals(
                "the method reference PdfService::noArguments in io.muster.ipc.codec.PdfService is bound to a"
                        + " io.muster.ipc.codec.PdfService; make the method static, or call it on an object that is built"
                        + " in the worker",
                refused(service.boundToThis()).getMessage());
    }

    @Test
    void aLambdaThatCapturesAVariable() {
        EncodeException e = refused(service.capturesVariable());
        assertEquals(
                "the lambda at PdfService.java:35 captures the variable `connection` (" + SOCKET
                        + "), which is not Serializable; capture what it is made of and create it inside the lambda",
                e.getMessage());
        assertEquals(SOCKET, e.offenderClassName());
    }

    @Test
    void aLambdaThatCapturesSomethingThatHoldsSomething() {
        assertEquals(
                "the lambda at PdfService.java:40 captures the variable `server` (io.muster.ipc.codec.Fixtures$Server), and "
                        + SOCKET + " is not Serializable: " + REMEDY
                        + " (found at socket); or capture what it is made of and create it inside the lambda",
                refused(service.capturesHolder()).getMessage());
    }

    @Test
    void aLambdaThatCapturesALambdaThatUsesAField() {
        assertEquals(
                "the lambda at PdfService.java:45 captures the variable `inner` (a lambda), and the lambda at"
                        + " PdfService.java:13 captures `this` (PdfService) because it uses the field `parser`; copy the"
                        + " field to a local, make the method static, or build it in the worker",
                refused(service.capturesLambda()).getMessage());
    }

    @Test
    void aLambdaThatIsNotSerializable() {
        assertEquals(
                "the lambda at PdfService.java:49 is a java.lang.Runnable, which is not Serializable: give it a type that"
                        + " is, such as io.muster.remote.RemoteCallable or RemoteRunnable, or cast it: (Runnable &"
                        + " java.io.Serializable)",
                refused(service.plainRunnable()).getMessage());
    }

    @Test
    void anAnonymousClassHoldsItsOuterObject() {
        assertEquals(
                "io.muster.ipc.codec.PdfService is not Serializable: " + REMEDY + " (found at this$0)",
                refused(service.anonymous()).getMessage());
    }

    @Test
    void wrappedTasksNameTheWayOut() {
        List<Runnable> submitted = new ArrayList<>();
        CompletableFuture.supplyAsync(() -> 1, submitted::add);
        assertEquals(
                "java.util.concurrent.CompletableFuture$AsyncSupply wraps a task and its future, which stays in this process:"
                        + " a stage given to an executor (CompletableFuture.supplyAsync(f, pool), thenApplyAsync(f, pool))"
                        + " cannot be sent; call pool.applyAsync(f), which returns a CompletableFuture",
                refused(submitted.get(0)).getMessage());
        assertEquals(
                "java.util.concurrent.FutureTask wraps a task for a thread of this process and cannot be sent: submit the"
                        + " task itself, and use the future that submit returns",
                refused(new FutureTask<>(() -> 1)).getMessage());
    }

    @Test
    void whereItSits() {
        Map<String, Object> map = new HashMap<>(Map.of("key", List.of(1, new Holder(new Socket(1)))));
        EncodeException e = refused(map);
        assertEquals(SOCKET + " is not Serializable: " + REMEDY + " (found at [value 0][1].held)", e.getMessage());
        assertEquals("[value 0][1].held", e.path());
        assertEquals("[0].socket", refused(List.of(new Server())).path());
        assertTrue(refused(List.of(new Server())).getCause() instanceof NotSerializableException);
    }

    @Test
    void objectsOfTheJdkThatStay() {
        EncodeException e = refused(new Holder(Thread.currentThread()));
        assertEquals(
                "java.lang.Thread is not Serializable: send what it was made of and create it in the other process, or"
                        + " register an io.muster.ipc.codec.Codec for it (found at held)",
                e.getMessage());
    }

    @Test
    void recordsOfAClosedModule() throws ReflectiveOperationException {
        Class<?> type = Class.forName("jdk.net.UnixDomainPrincipal");
        Object closed = type.getConstructors()[0].newInstance(principal(), principal());
        assertEquals(
                "the record jdk.net.UnixDomainPrincipal is not Serializable: open its package to io.muster.ipc, or make it"
                        + " Serializable",
                refused(closed).getMessage());
    }

    private static GroupPrincipal principal() {
        return () -> "nobody";
    }

    @Test
    void collectionsThatContainThemselves() {
        List<Object> list = new ArrayList<>();
        list.add(1);
        list.add(new Holder(list));
        assertEquals(
                "a java.util.ArrayList contains itself through [1].held: break the cycle, or hold it in a Serializable class"
                        + " of your own, whose cycles are kept",
                refused(list).getMessage());
        Object[] array = new Object[1];
        array[0] = array;
        assertEquals("[0]", refused(array).path());
        assertTrue(refused(Arrays.asList(array, 1)).getMessage().contains("contains itself through [0]"));
    }

    @Test
    void deepNestingIsAnErrorAndNotACrash() {
        List<Object> deep = new LinkedList<>();
        for (int i = 0; i < 100_000; i++) {
            List<Object> outer = new LinkedList<>();
            outer.add(deep);
            deep = outer;
        }
        assertEquals(
                "values are nested more than 500 levels deep (the last is a java.util.LinkedList): send long chains as a"
                        + " list",
                refused(deep).getMessage());
        Fixtures.Person chain = null;
        for (int i = 0; i < 100_000; i++) {
            Fixtures.Person next = new Fixtures.Person("p");
            next.friend = chain;
            chain = next;
        }
        assertTrue(refused(chain).getMessage().contains("too deeply for Java serialization"));
    }

    @Test
    void aSmallStackIsAnErrorToo() throws InterruptedException {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 490; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        List<Object> sent = deep;
        byte[] bytes = codec.encode(sent);
        List<String> outcomes = new ArrayList<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        codec.encode(sent);
                    } catch (EncodeException e) {
                        outcomes.add(e.getMessage());
                    }
                    try {
                        codec.decode(bytes);
                    } catch (DecodeException e) {
                        outcomes.add(e.getMessage());
                    }
                },
                "small stack",
                16 * 1024);
        small.start();
        small.join();
        for (String outcome : outcomes) { // none, where the system gives every thread more
            assertTrue(outcome.contains("stack") || outcome.contains("StackOverflowError"), outcome);
        }
    }

    @Test
    void theOutputIsAsBefore() {
        CodecOutput out = new CodecOutput();
        codec.write(out, 1);
        int before = out.position();
        assertThrows(EncodeException.class, () -> codec.write(out, List.of(1, 2, new Socket(1))));
        assertEquals(before, out.position());
        codec.write(out, List.of(1, 2));
        CodecInput in = new CodecInput(out.toByteArray());
        assertEquals(1, codec.read(in));
        assertEquals(List.of(1, 2), codec.read(in));
    }

    private EncodeException refused(Object value) {
        return assertThrows(EncodeException.class, () -> codec.encode(value));
    }
}
