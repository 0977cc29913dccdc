package io.muster.ipc.wait;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every interleaving of workers that spin by a {@link SpinPermit} with one seat, then sleep, and of callers that leave out a
 * wake-up while somebody has that seat, step by step. A worker that has claimed a task never comes back, and its seat is free at
 * any later time. No slices, and nobody looks after those who sleep: they would cover every mistake.
 *
 * <p>The state: a header, then three numbers for each worker, then three for each caller.
 */
final class SpinnerModel {
    /** The rules of the protocol; each can be left out, to see what it is for. */
    enum Rule {
        LOOK_FOR_A_SPINNER_AFTER_PUBLISHING,
        LOOK_AFTER_GIVING_THE_SEAT_BACK,
        PASS_ON_IF_MORE_WAIT,
        ONLY_THE_ONE_OPEN_TASK_COUNTS_ON_THE_SPINNER
    }

    private static final int WORD = 0;
    private static final int SEAT = 1;
    private static final int TASKS = 2;
    private static final int OPEN = 3;
    private static final int HEADER = 4;

    /** What follows a party's program counter: the word as it saw it, or whether its wake-up is left out. */
    private static final int SEEN = 1;

    private static final int SLEPT = 2;
    private static final int BLOCK = 3;

    private enum Step {
        // a worker
        TAKE_SEAT,
        SPIN,
        GIVE_SEAT_BACK,
        CLAIM_IN_SEAT,
        GIVE_SEAT_BACK_LATER,
        ANNOUNCE,
        LOOK,
        CLAIM,
        PASS_ON,
        BLOCK,
        ASLEEP,
        RUNS_FOR_EVER,
        // a caller
        LOOK_FOR_SPINNER_TOO_SOON,
        PUBLISH,
        LOOK_FOR_SPINNER,
        WAKE,
        CALL_WAKE,
        WAITS
    }

    private static final Step[] STEPS = Step.values();

    private final int workers;
    private final int callers;
    private final Set<Rule> rules = EnumSet.allOf(Rule.class);
    private final Set<ByteBuffer> known = new HashSet<>();
    private final ArrayDeque<byte[]> open = new ArrayDeque<>();

    SpinnerModel(int workers, int callers) {
        this.workers = workers;
        this.callers = callers;
    }

    SpinnerModel without(Rule rule) {
        rules.remove(rule);
        return this;
    }

    int states() {
        return known.size();
    }

    /** Visits all states. Describes one in which a task waits and a worker sleeps for good; null if there is none. */
    String findForgottenTask() {
        visit(start());
        while (!open.isEmpty()) {
            byte[] state = open.poll();
            if (isForgotten(state)) {
                return describe(state);
            }
            for (int party = 0; party < workers + callers; party++) {
                steps(state, party);
            }
        }
        return null;
    }

    private byte[] start() {
        byte[] state = new byte[HEADER + BLOCK * (workers + callers)];
        boolean rightOrder = rules.contains(Rule.LOOK_FOR_A_SPINNER_AFTER_PUBLISHING);
        for (int party = 0; party < workers + callers; party++) {
            go(
                    state,
                    party,
                    party < workers ? Step.TAKE_SEAT : rightOrder ? Step.PUBLISH : Step.LOOK_FOR_SPINNER_TOO_SOON);
        }
        return state;
    }

    private void visit(byte[] state) {
        if (known.add(ByteBuffer.wrap(state))) {
            open.add(state);
        }
    }

    private void next(byte[] state, Consumer<byte[]> change) {
        byte[] copy = state.clone();
        change.accept(copy);
        visit(copy);
    }

    private void steps(byte[] state, int party) {
        switch (step(state, party)) {
            case ASLEEP, RUNS_FOR_EVER, WAITS -> {}
            case SPIN -> next(state, s -> go(s, party, s[TASKS] > 0 ? Step.CLAIM_IN_SEAT : Step.GIVE_SEAT_BACK));
            case CALL_WAKE -> callWake(state, party);
            default -> next(state, s -> step(s, party, step(s, party)));
        }
    }

    private void step(byte[] s, int party, Step step) {
        int at = at(party);
        switch (step) {
            case TAKE_SEAT -> {
                boolean mine = s[SEAT] == 0;
                s[SEAT] = mine ? (byte) (party + 1) : s[SEAT];
                go(s, party, mine ? Step.SPIN : Step.ANNOUNCE);
            }
            case CLAIM_IN_SEAT -> go(s, party, claim(s) ? Step.GIVE_SEAT_BACK_LATER : Step.SPIN);
            case GIVE_SEAT_BACK, GIVE_SEAT_BACK_LATER -> {
                s[SEAT] = 0;
                go(s, party, step == Step.GIVE_SEAT_BACK ? Step.ANNOUNCE : Step.RUNS_FOR_EVER);
            }
            case ANNOUNCE -> {
                s[WORD] = (byte) (s[WORD] | 1);
                s[at + SEEN] = s[WORD];
                go(s, party, rules.contains(Rule.LOOK_AFTER_GIVING_THE_SEAT_BACK) ? Step.LOOK : Step.BLOCK);
            }
            case LOOK -> go(s, party, s[TASKS] > 0 ? Step.CLAIM : Step.BLOCK);
            case CLAIM -> {
                boolean claims = claim(s);
                boolean more = s[TASKS] > 0 && rules.contains(Rule.PASS_ON_IF_MORE_WAIT);
                Step then = more && s[at + SLEPT] != 0 ? Step.PASS_ON : Step.RUNS_FOR_EVER;
                go(s, party, claims ? then : Step.BLOCK);
            }
            case BLOCK -> go(s, party, s[WORD] == s[at + SEEN] ? Step.ASLEEP : Step.ANNOUNCE);
            case LOOK_FOR_SPINNER_TOO_SOON -> {
                s[at + SEEN] = (byte) (s[SEAT] != 0 && s[OPEN] == 0 ? 1 : 0);
                go(s, party, Step.PUBLISH);
            }
            case PUBLISH -> {
                s[TASKS]++;
                s[OPEN]++;
                boolean alone = s[OPEN] == 1 || !rules.contains(Rule.ONLY_THE_ONE_OPEN_TASK_COUNTS_ON_THE_SPINNER);
                boolean looked = !rules.contains(Rule.LOOK_FOR_A_SPINNER_AFTER_PUBLISHING);
                boolean leftOut = looked && s[at + SEEN] == 1;
                go(s, party, leftOut ? Step.WAITS : alone && !looked ? Step.LOOK_FOR_SPINNER : Step.WAKE);
            }
            case LOOK_FOR_SPINNER -> go(s, party, s[SEAT] != 0 ? Step.WAITS : Step.WAKE);
            case WAKE, PASS_ON -> {
                boolean sleepers = (s[WORD] & 1) != 0;
                s[WORD] = (byte) (sleepers ? s[WORD] + 1 : s[WORD]);
                go(s, party, sleepers ? Step.CALL_WAKE : afterWaking(party));
            }
            default -> throw new AssertionError(step);
        }
    }

    private static boolean claim(byte[] s) {
        boolean claims = s[TASKS] > 0;
        s[TASKS] = (byte) (s[TASKS] - (claims ? 1 : 0));
        return claims;
    }

    private Step afterWaking(int party) {
        return party < workers ? Step.RUNS_FOR_EVER : Step.WAITS;
    }

    /** The kernel wakes any one sleeper. */
    private void callWake(byte[] state, int party) {
        boolean any = false;
        for (int worker = 0; worker < workers; worker++) {
            if (step(state, worker) == Step.ASLEEP) {
                any = true;
                int woken = worker;
                next(state, s -> {
                    s[at(woken) + SLEPT] = 1;
                    go(s, woken, Step.ANNOUNCE);
                    go(s, party, afterWaking(party));
                });
            }
        }
        if (!any) {
            next(state, s -> go(s, party, afterWaking(party)));
        }
    }

    private boolean isForgotten(byte[] state) {
        boolean asleep = false;
        for (int party = 0; party < workers + callers; party++) {
            Step step = step(state, party);
            asleep |= step == Step.ASLEEP;
            if (step != Step.ASLEEP && step != Step.RUNS_FOR_EVER && step != Step.WAITS) {
                return false;
            }
        }
        return asleep && state[TASKS] > 0;
    }

    private static int at(int party) {
        return HEADER + BLOCK * party;
    }

    private static Step step(byte[] state, int party) {
        return STEPS[state[at(party)]];
    }

    private static void go(byte[] state, int party, Step step) {
        state[at(party)] = (byte) step.ordinal();
    }

    private String describe(byte[] state) {
        StringBuilder text = new StringBuilder("tasks=" + state[TASKS] + " seat=" + state[SEAT]);
        for (int party = 0; party < workers + callers; party++) {
            text.append(party < workers ? " worker=" : " caller=").append(step(state, party));
        }
        return text.toString();
    }
}
