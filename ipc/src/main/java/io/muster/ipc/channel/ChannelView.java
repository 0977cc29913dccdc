package io.muster.ipc.channel;

import java.util.List;

/**
 * One direction of a pipe, or a queue, as it is at one moment: read from its files by who only looks, and who does not hold
 * up anybody. The numbers are not all of the very same instant.
 *
 * @param kind {@code Pipe}, {@code SharedQueue} and so on
 * @param id its name, or the file and place where it lies
 * @param items messages or items that wait in it
 * @param bytes what these take
 * @param mostItems the most items that ever waited; -1: not counted, as for pipes
 * @param mostBytes the most bytes that a reader ever found waiting; -1: not counted, as for queues
 * @param sent messages or items that were ever sent or put
 * @param sentBytes what these took
 * @param received messages or items that were ever received or taken
 * @param receivedBytes what these took
 * @param sendersBlockedNanos how long senders have slept in all, as there was no room
 * @param receiversBlockedNanos how long receivers have slept in all, as there was nothing
 * @param held items that were taken and are not acknowledged
 * @param returned how often items came back, as their consumer died or gave them back
 * @param senders who holds the end that sends; of a queue, who has put or wanted to, and still has a handle
 * @param receivers who holds the end that receives; of a queue, who has taken or wanted to, and still has a handle
 * @param attached of a queue, who has a handle; empty for a pipe
 * @param holders who holds items that are not acknowledged, and how many
 */
public record ChannelView(
        String kind,
        String id,
        long items,
        long bytes,
        long mostItems,
        long mostBytes,
        long sent,
        long sentBytes,
        long received,
        long receivedBytes,
        long sendersBlockedNanos,
        long receiversBlockedNanos,
        long held,
        long returned,
        List<String> senders,
        List<String> receivers,
        List<String> attached,
        List<String> holders) {}
