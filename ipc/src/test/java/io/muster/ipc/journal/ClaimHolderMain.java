package io.muster.ipc.journal;

import io.muster.ipc.Manager;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that gets hold of what the consumers of a work queue need, and never lets go.
 *
 * <pre>
 *   stripe PLACE INDEX   that of the map of claims in which an entry's claim lies
 *   lock PLACE           under which entries are given
 *   nothing PLACE        is only there
 *   entry JOURNAL        its next entry
 * </pre>
 */
final class ClaimHolderMain {
    private ClaimHolderMain() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            hold(line.split(" "));
        }
    }

    private static void hold(String[] words) throws InterruptedException {
        Path path = Path.of(words[1]);
        switch (words[0]) {
            case "stripe":
                Manager.open(path)
                        .getMap("claims", Long.class, byte[].class)
                        .compute(Long.valueOf(words[2]), (key, claim) -> {
                            holdForEver();
                            return claim;
                        });
                break;
            case "lock":
                Manager.open(path).getLock("claims lock").lock();
                holdForEver();
                break;
            case "entry":
                WorkQueue.open(path, String.class).take();
                holdForEver();
                break;
            default:
                Manager.open(path);
                holdForEver();
        }
    }

    private static void holdForEver() {
        System.out.println("held");
        while (true) {
            LockSupport.parkNanos(Long.MAX_VALUE);
        }
    }
}
