package io.muster.ipc;

import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.data.SharedStruct;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** A program that changes one object of a place all the time: {@code KIND PLACE}. */
final class StrangerMain {
    private static final int WARM_UPS = 20_000;

    /** Kinds of objects, and a change of one. */
    enum Kind {
        MAP {
            @Override
            Change of(Manager place) {
                SharedMap<String, byte[]> map = place.getMap("map", String.class, byte[].class);
                return () -> map.put("key", LARGE);
            }
        },
        LIST {
            @Override
            Change of(Manager place) {
                SharedList<Long> list = place.getList("list", Long.class);
                return () -> {
                    list.add(0, 1L);
                    list.remove(0);
                };
            }
        },
        QUEUE {
            @Override
            Change of(Manager place) {
                SharedQueue<byte[]> queue = place.getQueue("queue", byte[].class);
                return () -> {
                    queue.put(LARGE);
                    queue.take();
                };
            }
        },
        RECORD {
            @Override
            Change of(Manager place) {
                SharedStruct<Numbers> struct = place.getStruct("record", Numbers.class);
                return () -> struct.updateAndGet(each -> new Numbers(each.a + 1, each.b + 1));
            }
        };

        private static final byte[] LARGE = new byte[40_000];

        abstract Change of(Manager place);
    }

    /** Takes moments, unless somebody is stopped in the middle of it. */
    interface Change {
        void make() throws InterruptedException;
    }

    record Numbers(long a, long b) {}

    private StrangerMain() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        String[] words =
                new BufferedReader(new InputStreamReader(System.in)).readLine().split(" ");
        Change change = Kind.valueOf(words[0]).of(Manager.open(Path.of(words[1])));
        for (long i = 0; ; i++) {
            change.make();
            if (i == WARM_UPS) {
                System.out.println("at it");
            }
        }
    }
}
