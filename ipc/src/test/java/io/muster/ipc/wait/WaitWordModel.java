package io.muster.ipc.wait;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every interleaving of {@link SleepLoop} and {@link WaitWord#wake}, step by step: some waiters that take one item each,
 * some signallers that publish one each, a few of them killed or timed out anywhere, and a broadcast after each death.
 * Slices are few: without end they would cover every mistake.
 *
 * <p>The state is an array of small numbers: a header, then a block per waiter, then one per signaller.
 */
final class WaitWordModel {
    /** The rules of the protocol; each can be left out, to see what it is for. */
    enum Rule {
        ANNOUNCE_AGAIN_AFTER_SLEEPING,
        PASS_ON_WHEN_LEAVING,
        BROADCAST_AFTER_DEATH,
        DEATHS_READ_BEFORE_LOOKING,
        LOOK_AFTER_ANNOUNCING,
        COMPARE_WHEN_BLOCKING,
        PUBLISH_BEFORE_LOOKING_FOR_SLEEPERS
    }

    private static final int WORD = 0;
    private static final int DEATHS = 1;
    private static final int ITEMS = 2;
    private static final int KILLS_LEFT = 3;
    private static final int TIME_OUTS_LEFT = 4;
    private static final int DEATHS_TO_COUNT = 5;
    private static final int BROADCASTS_TO_CALL = 6;
    private static final int SLICES_LEFT = 7;
    private static final int HEADER = 8;

    /** What follows a party's program counter in its block. */
    private static final int SEEN = 1;

    private static final int SEEN_DEATHS = 2;
    private static final int SLEPT = 3;
    private static final int GIVES_UP = 4;
    private static final int BLOCK = 5;

    /** In place of a seen value: the party has not announced itself, or not read the deaths. */
    private static final byte NOT_YET = -1;

    private enum Step {
        READ_DEATHS,
        READ_WORD,
        ANNOUNCE,
        LOOK,
        BLOCK,
        ASLEEP,
        LOOK_AFTER_SLICE,
        ANNOUNCE_TO_LEAVE,
        LOOK_FOR_MORE,
        PUBLISH,
        LOOK_FOR_SLEEPERS,
        CLEAR_SLEEPERS,
        CALL_WAKE,
        DONE,
        DEAD
    }

    private static final Step[] STEPS = Step.values();

    private final int waiters;
    private final int signallers;
    private final Set<Rule> rules = EnumSet.allOf(Rule.class);
    private int kills;
    private int timeOuts;
    private int slices;

    private final Set<ByteBuffer> known = new HashSet<>();
    private final ArrayDeque<byte[]> open = new ArrayDeque<>();

    WaitWordModel(int waiters, int signallers) {
        this.waiters = waiters;
        this.signallers = signallers;
    }

    WaitWordModel kills(int count) {
        kills = count;
        return this;
    }

    WaitWordModel timeOuts(int count) {
        timeOuts = count;
        return this;
    }

    /** So often a sleeper looks, with nobody having woken it, and sleeps on by what it read before. */
    WaitWordModel slices(int count) {
        slices = count;
        return this;
    }

    WaitWordModel without(Rule rule) {
        rules.remove(rule);
        return this;
    }

    /** Visits all states. Returns a description of one in which a wake-up was lost; null if there is none. */
    String findLostWakeUp() {
        visit(start());
        while (!open.isEmpty()) {
            byte[] state = open.poll();
            if (isLost(state)) {
                return describe(state);
            }
            for (int party = 0; party < waiters + signallers; party++) {
                stepsOf(state, party);
            }
            broadcast(state);
        }
        return null;
    }

    int statesInAll() {
        findLostWakeUp();
        return states();
    }

    int states() {
        return known.size();
    }

    private byte[] start() {
        byte[] state = new byte[HEADER + BLOCK * (waiters + signallers)];
        state[KILLS_LEFT] = (byte) kills;
        state[TIME_OUTS_LEFT] = (byte) timeOuts;
        state[SLICES_LEFT] = (byte) slices;
        for (int party = 0; party < waiters + signallers; party++) {
            go(state, party, party < waiters ? Step.READ_DEATHS : firstOfSignaller());
        }
        return state;
    }

    private Step firstOfSignaller() {
        return rules.contains(Rule.PUBLISH_BEFORE_LOOKING_FOR_SLEEPERS) ? Step.PUBLISH : Step.LOOK_FOR_SLEEPERS;
    }

    private void visit(byte[] state) {
        sort(state, 0, waiters);
        sort(state, waiters, waiters + signallers);
        if (known.add(ByteBuffer.wrap(state))) {
            open.add(state);
        }
    }

    /** Parties of a kind are alike: states that differ only in which of them is where are one. */
    private static void sort(byte[] state, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && compare(state, at(j - 1), at(j)) > 0; j--) {
                byte[] block = Arrays.copyOfRange(state, at(j), at(j + 1));
                System.arraycopy(state, at(j - 1), state, at(j), BLOCK);
                System.arraycopy(block, 0, state, at(j - 1), BLOCK);
            }
        }
    }

    private static int compare(byte[] state, int one, int other) {
        return Arrays.compare(state, one, one + BLOCK, state, other, other + BLOCK);
    }

    private void stepsOf(byte[] state, int party) {
        Step step = step(state, party);
        if (step == Step.DONE || step == Step.DEAD) {
            return;
        }
        if (step == Step.CALL_WAKE) {
            callWake(state, party);
        } else if (step == Step.ASLEEP) {
            if (state[SLICES_LEFT] > 0) {
                next(state, s -> {
                    s[SLICES_LEFT]--;
                    s[at(party) + SLEPT] = 1;
                    go(s, party, Step.LOOK_AFTER_SLICE);
                });
            }
            if (state[TIME_OUTS_LEFT] > 0) {
                next(state, s -> {
                    s[TIME_OUTS_LEFT]--;
                    s[at(party) + GIVES_UP] = 1;
                    wakeUp(s, party);
                });
            }
        } else {
            next(state, s -> run(s, party, step));
        }
        if (state[KILLS_LEFT] > 0) {
            next(state, s -> {
                s[KILLS_LEFT]--;
                if (rules.contains(Rule.BROADCAST_AFTER_DEATH)) {
                    s[DEATHS_TO_COUNT]++;
                }
                go(s, party, Step.DEAD);
            });
        }
    }

    private void next(byte[] state, Consumer<byte[]> change) {
        byte[] copy = state.clone();
        change.accept(copy);
        visit(copy);
    }

    private void run(byte[] s, int party, Step step) {
        int at = at(party);
        switch (step) {
            case READ_DEATHS:
                s[at + SEEN_DEATHS] = s[DEATHS];
                go(s, party, Step.READ_WORD);
                break;
            case READ_WORD:
                readWord(s, party);
                break;
            case ANNOUNCE:
                announce(s, party);
                break;
            case LOOK:
                look(s, party);
                break;
            case BLOCK:
                block(s, party);
                break;
            case LOOK_AFTER_SLICE:
                boolean takes = s[ITEMS] > 0;
                s[ITEMS] = (byte) (s[ITEMS] - (takes ? 1 : 0));
                boolean announces = rules.contains(Rule.ANNOUNCE_AGAIN_AFTER_SLEEPING);
                go(s, party, !takes ? Step.BLOCK : announces ? Step.ANNOUNCE_TO_LEAVE : Step.LOOK_FOR_MORE);
                break;
            case ANNOUNCE_TO_LEAVE:
                s[WORD] = (byte) (s[WORD] | 1);
                go(s, party, Step.LOOK_FOR_MORE);
                break;
            case LOOK_FOR_MORE:
                boolean passOn = s[ITEMS] > 0 && rules.contains(Rule.PASS_ON_WHEN_LEAVING);
                go(s, party, passOn ? Step.LOOK_FOR_SLEEPERS : Step.DONE);
                break;
            case PUBLISH:
                s[ITEMS]++;
                boolean looked = !rules.contains(Rule.PUBLISH_BEFORE_LOOKING_FOR_SLEEPERS);
                go(s, party, !looked ? Step.LOOK_FOR_SLEEPERS : s[at + SLEPT] == 1 ? Step.CLEAR_SLEEPERS : Step.DONE);
                break;
            case LOOK_FOR_SLEEPERS:
                lookForSleepers(s, party);
                break;
            case CLEAR_SLEEPERS:
                clearSleepers(s, party);
                break;
            default:
                throw new AssertionError(step);
        }
    }

    private Step afterAnnouncing() {
        return rules.contains(Rule.LOOK_AFTER_ANNOUNCING) ? Step.LOOK : Step.BLOCK;
    }

    private void readWord(byte[] s, int party) {
        if (!rules.contains(Rule.LOOK_AFTER_ANNOUNCING) && s[ITEMS] > 0) {
            look(s, party);
            return;
        }
        s[at(party) + SEEN] = s[WORD];
        go(s, party, (s[WORD] & 1) == 0 ? Step.ANNOUNCE : afterAnnouncing());
    }

    private void announce(byte[] s, int party) {
        if (s[WORD] == s[at(party) + SEEN]) {
            s[WORD] = (byte) (s[WORD] | 1);
            s[at(party) + SEEN] = s[WORD];
            go(s, party, afterAnnouncing());
        } else {
            go(s, party, Step.READ_WORD);
        }
    }

    private void look(byte[] s, int party) {
        int at = at(party);
        boolean takes = s[ITEMS] > 0;
        if (takes) {
            s[ITEMS]--;
        }
        if (!takes && s[at + SEEN] == NOT_YET) {
            go(s, party, Step.READ_DEATHS);
        } else if (!takes && s[at + GIVES_UP] == 0) {
            if (!rules.contains(Rule.DEATHS_READ_BEFORE_LOOKING)) {
                s[at + SEEN_DEATHS] = NOT_YET;
            }
            go(s, party, Step.BLOCK);
        } else if (s[at + SLEPT] == 0) {
            go(s, party, Step.DONE);
        } else {
            go(s, party, Step.LOOK_FOR_MORE);
        }
    }

    private void block(byte[] s, int party) {
        int at = at(party);
        if (s[at + SEEN_DEATHS] == NOT_YET) {
            s[at + SEEN_DEATHS] = s[DEATHS];
            return;
        }
        boolean same = s[WORD] == s[at + SEEN] && s[DEATHS] == s[at + SEEN_DEATHS];
        go(s, party, same || !rules.contains(Rule.COMPARE_WHEN_BLOCKING) ? Step.ASLEEP : Step.READ_DEATHS);
    }

    private void lookForSleepers(byte[] s, int party) {
        int at = at(party);
        s[at + SEEN] = s[WORD];
        boolean sleepers = (s[WORD] & 1) != 0;
        if (party >= waiters && !rules.contains(Rule.PUBLISH_BEFORE_LOOKING_FOR_SLEEPERS)) {
            s[at + SLEPT] = (byte) (sleepers ? 1 : 0);
            go(s, party, Step.PUBLISH);
        } else {
            go(s, party, sleepers ? Step.CLEAR_SLEEPERS : Step.DONE);
        }
    }

    private void clearSleepers(byte[] s, int party) {
        int at = at(party);
        if (s[WORD] == s[at + SEEN]) {
            s[WORD] = (byte) ((s[WORD] + 2) & ~1);
            go(s, party, Step.CALL_WAKE);
        } else {
            s[at + SEEN] = s[WORD];
            go(s, party, (s[WORD] & 1) != 0 ? Step.CLEAR_SLEEPERS : Step.DONE);
        }
    }

    /** The kernel wakes any one sleeper. */
    private void callWake(byte[] state, int party) {
        boolean any = false;
        for (int sleeper = 0; sleeper < waiters; sleeper++) {
            if (step(state, sleeper) == Step.ASLEEP) {
                any = true;
                int woken = sleeper;
                next(state, s -> {
                    wakeUp(s, woken);
                    go(s, party, Step.DONE);
                });
            }
        }
        if (!any) {
            next(state, s -> go(s, party, Step.DONE));
        }
    }

    private void broadcast(byte[] state) {
        if (state[DEATHS_TO_COUNT] > 0) {
            next(state, s -> {
                s[DEATHS_TO_COUNT]--;
                s[DEATHS]++;
                s[BROADCASTS_TO_CALL]++;
            });
        }
        if (state[BROADCASTS_TO_CALL] > 0) {
            next(state, s -> {
                s[BROADCASTS_TO_CALL]--;
                for (int waiter = 0; waiter < waiters; waiter++) {
                    if (step(s, waiter) == Step.ASLEEP) {
                        wakeUp(s, waiter);
                    }
                }
            });
        }
    }

    private void wakeUp(byte[] s, int waiter) {
        s[at(waiter) + SLEPT] = 1;
        if (rules.contains(Rule.ANNOUNCE_AGAIN_AFTER_SLEEPING)) {
            go(s, waiter, Step.READ_DEATHS);
        } else {
            s[at(waiter) + SEEN] = NOT_YET;
            go(s, waiter, Step.LOOK);
        }
    }

    private boolean isLost(byte[] state) {
        boolean asleep = false;
        for (int party = 0; party < waiters + signallers; party++) {
            Step step = step(state, party);
            asleep |= step == Step.ASLEEP;
            if (step != Step.ASLEEP && step != Step.DONE && step != Step.DEAD) {
                return false;
            }
        }
        return asleep && state[ITEMS] > 0 && state[DEATHS_TO_COUNT] + state[BROADCASTS_TO_CALL] == 0;
    }

    private static int at(int party) {
        return HEADER + BLOCK * party;
    }

    private static Step step(byte[] state, int party) {
        return STEPS[state[at(party)]];
    }

    /** What is not needed after the step is cleared, so that equal states look equal. */
    private static void go(byte[] state, int party, Step step) {
        int at = at(party);
        state[at] = (byte) step.ordinal();
        if (step == Step.DONE || step == Step.DEAD) {
            for (int i = 1; i < BLOCK; i++) {
                state[at + i] = 0;
            }
        } else if (step == Step.READ_DEATHS || step == Step.LOOK_FOR_MORE) {
            state[at + SEEN] = 0;
            state[at + SEEN_DEATHS] = 0;
        }
    }

    private String describe(byte[] state) {
        StringBuilder text = new StringBuilder("word=" + state[WORD] + " items=" + state[ITEMS]);
        for (int party = 0; party < waiters + signallers; party++) {
            text.append(' ')
                    .append(party < waiters ? 'w' : 's')
                    .append(party)
                    .append('=')
                    .append(step(state, party));
        }
        return text.toString();
    }
}
