package io.muster.ipc.codec;

/** Objects that wrap a task for a thread and cannot leave the process: for each family, the way to send what is inside. */
final class WrappedTasks {
    private WrappedTasks() {}

    /** Returns the text of the refusal for a wrapper; null if the class is not known as one. */
    static String wayOut(Class<?> type) {
        String name = type.getName();
        if (name.startsWith("java.util.concurrent.CompletableFuture$")) {
            return name + " wraps a task and its future, which stays in this process: a stage given to an executor"
                    + " (CompletableFuture.supplyAsync(f, pool), thenApplyAsync(f, pool)) cannot be sent; call"
                    + " pool.applyAsync(f), which returns a CompletableFuture";
        }
        if (name.equals("java.util.concurrent.FutureTask")
                || name.startsWith("java.util.concurrent.Executors$")
                || name.startsWith("java.util.concurrent.ExecutorCompletionService$")) {
            return name
                    + " wraps a task for a thread of this process and cannot be sent: submit the task itself, and use"
                    + " the future that submit returns";
        }
        if (name.startsWith("org.springframework.")) {
            return name
                    + " is a task wrapped by Spring (@Async, a task executor or decorator) and cannot be sent: inject"
                    + " the pool and submit a lambda or a static method of your own";
        }
        if (name.startsWith("com.google.common.util.concurrent.")) {
            return name
                    + " is a task wrapped by Guava (listeningDecorator, transformAsync) and cannot be sent: submit the"
                    + " task to the pool itself; its future is a CompletableFuture";
        }
        if (name.startsWith("io.micrometer.") || name.startsWith("io.opentelemetry.")) {
            return name + " is a task wrapped to carry the context of this thread and cannot be sent: submit the task"
                    + " itself, with what it needs of the context as an argument";
        }
        return null;
    }
}
