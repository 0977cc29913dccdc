package io.muster.shared.coll;

import io.muster.ipc.data.SharedList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What children do with shared lists. */
final class ListUser {
    private static final String PAD = " and some text that does not lie in the slot";

    private ListUser() {}

    static String entry(String name, int number) {
        return name + ":" + number + PAD;
    }

    static String nameOf(String entry) {
        return entry.substring(0, entry.indexOf(':'));
    }

    static int numberOf(String entry) {
        return Integer.parseInt(entry.substring(entry.indexOf(':') + 1, entry.indexOf(' ')));
    }

    static void append(SharedList<String> list, String name, int count) {
        for (int i = 0; i < count; i++) {
            list.add(entry(name, i));
        }
    }

    /** Until it is killed: appends numbers from 0 on, and tells how far it is. */
    static void appendForEver(SharedList<String> list, SharedList<Integer> progress, int slot) {
        for (int i = 0; ; i++) {
            list.add(entry("w" + slot, i));
            progress.set(slot, i + 1);
        }
    }

    /**
     * Until it is killed: changes a list of pairs {n, n} in all ways that keep it one.
     *
     * @param progress a count of changes, so that others see that they go on
     */
    static void changePairsForEver(SharedList<Integer> pairs, SharedList<Long> progress, long seed) {
        Random random = new Random(seed);
        while (true) {
            changePairs(pairs, random);
            progress.update(0, count -> count + 1);
        }
    }

    private static void changePairs(SharedList<Integer> pairs, Random random) {
        int number = random.nextInt(100);
        switch (random.nextInt(6)) {
            case 0, 1 -> pairs.addAll(List.of(number, number));
            case 2 -> pairs.addAll(0, List.of(number, number));
            case 3 -> pairs.removeIf(each -> each == number);
            case 4 -> pairs.replaceAll(each -> each == number ? number + 1 : each);
            default -> {
                if (pairs.size() > 400) {
                    pairs.clear();
                } else {
                    pairs.sort(Comparator.naturalOrder());
                }
            }
        }
    }

    static void checkPairs(List<Integer> pairs) {
        Integer[] all = pairs.toArray(new Integer[0]);
        for (int i = 0; i < all.length; i += 2) {
            if (i + 1 == all.length || !all[i].equals(all[i + 1])) {
                throw new AssertionError("half of a change at " + i + " of " + List.of(all));
            }
        }
    }

    static void updateForEver(SharedList<Long> counters) {
        while (true) {
            counters.update(0, count -> count + 1);
        }
    }
}
