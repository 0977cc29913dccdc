package io.muster.ipc;

import io.muster.ipc.data.SharedMap;
import io.muster.ipc.sync.SharedLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;

/** A program that shares a place with others: does what the lines of its stdin say, and answers each with one line. */
final class ManagerMain {
    private static Manager manager;

    private ManagerMain() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line.split(" ")));
        }
        Runtime.getRuntime().halt(1);
    }

    private static String answer(String[] words) {
        try {
            return obey(words);
        } catch (RuntimeException | InterruptedException e) {
            return e.toString();
        }
    }

    private static String obey(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "open":
                manager = words[1].contains("/") ? Manager.open(Path.of(words[1])) : Manager.open(words[1]);
                return manager.path().toString();
            case "names":
                return manager.names().toString();
            case "put":
                return String.valueOf(counts().put(words[1], Long.valueOf(words[2])));
            case "get":
                return String.valueOf(counts().get(words[1]));
            case "size":
                return Integer.toString(counts().size());
            case "count-up":
                for (int i = 0; i < Integer.parseInt(words[2]); i++) {
                    counts().merge(words[1], 1L, Long::sum);
                }
                return "done";
            case "wrong-types":
                return String.valueOf(manager.getMap("counts", Long.class, String.class));
            case "lock":
                return Boolean.toString(manager.getLock("lock").tryLock(Duration.ofSeconds(Long.parseLong(words[1]))));
            case "abandoned":
                SharedLock lock = manager.getLock("lock");
                return lock.abandonedOwner().isPresent() + " " + lock.fencingToken();
            case "unlock":
                manager.getLock("lock").unlock();
                return "ok";
            case "acquire":
                return Boolean.toString(manager.getSemaphore("permits", 3).tryAcquire());
            case "permits":
                return Integer.toString(manager.getSemaphore("permits", 3).availablePermits());
            case "set":
                manager.getIntArray("array", 10).setVolatile(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                return "ok";
            case "element":
                return Integer.toString(manager.getIntArray("array", 10).getVolatile(Integer.parseInt(words[1])));
            case "append":
                return Boolean.toString(manager.getList("list", String.class).add(words[1]));
            case "list":
                return manager.getList("list", String.class).toString();
            case "remove":
                return Boolean.toString(manager.remove(words[1]));
            case "force":
                manager.force();
                return "ok";
            case "halt":
                Runtime.getRuntime().halt(0);
                return "";
            default:
                throw new IllegalArgumentException(words[0]);
        }
    }

    private static SharedMap<String, Long> counts() {
        return manager.getMap("counts", String.class, Long.class);
    }
}
