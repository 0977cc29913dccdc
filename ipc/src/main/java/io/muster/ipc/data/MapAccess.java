package io.muster.ipc.data;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.MemoryFault;
import java.util.Objects;
import java.util.function.Function;

/**
 * The operations of a map on one key: between objects, and the bytes that {@link StripeReader} and {@link StripeWriter} know.
 * Values are encoded before the stripe is locked and decoded after it is unlocked, save where the caller's function runs under
 * the lock.
 */
final class MapAccess<K, V> {
    private final MapCore core;
    private final ObjectCodec codec;

    /** Under which condition {@link #store} stores. */
    enum When {
        ALWAYS,
        ABSENT,
        PRESENT
    }

    MapAccess(MapCore core, ObjectCodec codec) {
        this.core = core;
        this.codec = codec;
    }

    MapCore core() {
        return core;
    }

    ObjectCodec codec() {
        return codec;
    }

    /** Nobody can know whether what another process has put is of the type that this one expects; its user finds out. */
    @SuppressWarnings("unchecked")
    static <T> T cast(Object object) {
        return (T) object;
    }

    /** False if no such key can be in any map. */
    private boolean encodeForSearch(MapScratch scratch, Object key) {
        if (!MapKeys.isCanonical(key) && !core.allowsAnyKeys()) {
            return false;
        }
        try {
            scratch.encodeKey(codec, key, core.seed());
            return true;
        } catch (EncodeException e) {
            return false;
        }
    }

    private void encodeKey(MapScratch scratch, K key) {
        if (!MapKeys.isCanonical(key) && !core.allowsAnyKeys()) {
            throw MapKeys.refusal(key);
        }
        scratch.encodeKey(codec, key, core.seed());
    }

    V get(Object key) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.take();
        try {
            boolean found =
                    encodeForSearch(scratch, key) && StripeReader.read(core.stripeOf(scratch.hash), scratch) != 0;
            return found ? decode(scratch) : null;
        } finally {
            scratch.giveBack();
        }
    }

    long getLong(Object key, long absent) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.take();
        try {
            int type = encodeForSearch(scratch, key) ? StripeReader.read(core.stripeOf(scratch.hash), scratch) : 0;
            if (type != 0 && type != StripeLayout.LONG) {
                throw notLong(key);
            }
            return type == 0 ? absent : scratch.foundNumber;
        } finally {
            scratch.giveBack();
        }
    }

    private ClassCastException notLong(Object key) {
        return new ClassCastException("the value of " + key + " in " + core + " is no Long; nothing was changed");
    }

    boolean containsKey(Object key) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.take();
        try {
            return encodeForSearch(scratch, key) && StripeReader.contains(core.stripeOf(scratch.hash), scratch);
        } finally {
            scratch.giveBack();
        }
    }

    /** Brings an item that lies in a file, or what has taken its place; null if nothing has. */
    MapItem fetch(MapItem item) {
        MapScratch scratch = MapScratch.take();
        try {
            item.toScratch(scratch, core.seed());
            Stripe stripe = core.stripeOf(scratch.hash);
            scratch.foundVersion = item.version;
            scratch.foundNumber = item.number;
            scratch.foundKind = item.type;
            int type = item.type;
            if (!StripeReader.loadFile(stripe, scratch)) {
                type = StripeReader.read(stripe, scratch);
            }
            return type == 0 ? null : item.with(type, scratch);
        } finally {
            scratch.giveBack();
        }
    }

    private V decode(MapScratch scratch) {
        return cast(scratch.decodeFound(codec));
    }

    /** The old value for the caller; what was asked for is done. */
    private V decodeOld(MapScratch scratch) {
        try {
            return decode(scratch);
        } catch (DecodeException e) {
            throw new DecodeException(
                    e.reason(),
                    "the map was changed as asked, but the former value cannot be read here: " + e.getMessage(),
                    e);
        }
    }

    /** Stores without bringing the old value. */
    void set(K key, V value) {
        store(key, value, When.ALWAYS, core.ttlNanos(), false);
    }

    /**
     * @param ttlNanos 0: for ever
     * @param wantsOld whether to return the old value
     * @return the old value; null if there was none
     */
    V store(K key, V value, When when, long ttlNanos, boolean wantsOld) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            encodeKey(scratch, key);
            scratch.encodeValue(codec, value);
            int type = store(scratch, when, ttlNanos, wantsOld);
            return type != 0 && wantsOld ? decodeOld(scratch) : null;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    private int store(MapScratch scratch, When when, long ttlNanos, boolean wantsOld) {
        Stripe stripe = core.stripeOf(scratch.hash);
        stripe.lock();
        try {
            boolean found = StripeWriter.locate(stripe, scratch);
            int type = found && wantsOld ? StripeWriter.load(stripe, scratch) : 0;
            if (when == When.ALWAYS || found == (when == When.PRESENT)) {
                setTtl(scratch, ttlNanos);
                StripeWriter.store(stripe, scratch);
            }
            return type;
        } finally {
            stripe.unlock();
        }
    }

    private void setTtl(MapScratch scratch, long ttlNanos) {
        scratch.setExpiry(ttlNanos != 0, ttlNanos == 0 ? 0 : core.nowNanos() + ttlNanos);
    }

    V remove(Object key) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            return encodeForSearch(scratch, key) && remove(scratch, true) ? decodeOld(scratch) : null;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    /** True if it was there. */
    boolean remove(MapItem item) {
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            item.toScratch(scratch, core.seed());
            return remove(scratch, false);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    /** True if it was there; brings no old value. */
    boolean removeKey(Object key) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            return encodeForSearch(scratch, key) && remove(scratch, false);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    private boolean remove(MapScratch scratch, boolean wantsOld) {
        Stripe stripe = core.stripeOf(scratch.hash);
        stripe.lock();
        try {
            boolean found = StripeWriter.locate(stripe, scratch);
            if (found && wantsOld) {
                StripeWriter.load(stripe, scratch);
            }
            if (found) {
                StripeWriter.remove(stripe, scratch);
            }
            return found;
        } finally {
            stripe.unlock();
        }
    }

    /** Removes the entry, or gives it another value, if it has this one. */
    boolean changeIfEqual(Object key, Object expected, V update) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            if (!encodeForSearch(scratch, key)) {
                return false;
            }
            try {
                scratch.encodeValue(codec, expected);
            } catch (EncodeException e) {
                return false;
            }
            return changeIfEqual(scratch, expected, update);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    private boolean changeIfEqual(MapScratch scratch, Object expected, V update) {
        Stripe stripe = core.stripeOf(scratch.hash);
        stripe.lock();
        try {
            if (StripeWriter.locateAndLoad(stripe, scratch) == 0) {
                return false;
            }
            scratch.setComputing(core);
            if (!isFoundEqual(stripe, scratch, expected)) {
                return false;
            }
            if (update == null) {
                StripeWriter.remove(stripe, scratch);
            } else {
                scratch.encodeValue(codec, update);
                keepExpiry(scratch, true);
                StripeWriter.store(stripe, scratch);
            }
            return true;
        } finally {
            scratch.setComputing(null);
            stripe.unlock();
        }
    }

    private boolean isFoundEqual(Stripe stripe, MapScratch scratch, Object expected) {
        int type = StripeLayout.typeOf(scratch.foundKind);
        boolean sameType = type == StripeLayout.typeOf(scratch.newKind);
        if (StripeLayout.isNumber(type)) {
            return sameType && scratch.foundNumber == scratch.newNumber;
        }
        boolean sameBytes = sameType
                && (type == StripeLayout.FILE
                        ? scratch.isFoundFileNew()
                        : stripe.current().holdsNewBytes(scratch.entry, scratch));
        return sameBytes || !MapKeys.isCanonical(expected) && expected.equals(decode(scratch));
    }

    /** A change of a value that is there does not change how long it lives. */
    private void keepExpiry(MapScratch scratch, boolean found) {
        if (found) {
            scratch.setExpiry((scratch.foundKind & StripeLayout.EXPIRES) != 0, scratch.foundExpiry);
        } else {
            setTtl(scratch, core.ttlNanos());
        }
    }

    /**
     * Calls the function once, under the stripe's lock, with the old value or null; stores what it returns, or removes the key
     * if that is null.
     */
    V update(K key, When when, Function<V, V> function) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            encodeKey(scratch, key);
            return update(scratch, when, function);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    private V update(MapScratch scratch, When when, Function<V, V> function) {
        Stripe stripe = core.stripeOf(scratch.hash);
        stripe.lock();
        try {
            boolean found = StripeWriter.locateAndLoad(stripe, scratch) != 0;
            scratch.setComputing(core);
            V old = found ? decode(scratch) : null;
            if (when != When.ALWAYS && found != (when == When.PRESENT)) {
                return old;
            }
            V update = function.apply(old);
            if (update != null) {
                scratch.encodeValue(codec, update);
                keepExpiry(scratch, found);
                StripeWriter.store(stripe, scratch);
            } else if (found) {
                StripeWriter.remove(stripe, scratch);
            }
            return update;
        } finally {
            scratch.setComputing(null);
            stripe.unlock();
        }
    }

    long addAndGet(K key, long delta) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            encodeKey(scratch, key);
            return addAndGet(scratch, key, delta);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    private long addAndGet(MapScratch scratch, K key, long delta) {
        Stripe stripe = core.stripeOf(scratch.hash);
        stripe.lock();
        try {
            boolean found = StripeWriter.locate(stripe, scratch);
            long sum = delta;
            if (found) {
                if (StripeWriter.load(stripe, scratch) != StripeLayout.LONG) {
                    throw notLong(key);
                }
                sum += scratch.foundNumber;
            }
            scratch.setLong(sum);
            keepExpiry(scratch, found);
            StripeWriter.store(stripe, scratch);
            return sum;
        } finally {
            stripe.unlock();
        }
    }

    /** Under the lock, as a number and its version are two words. */
    Versioned<V> gets(Object key) {
        Objects.requireNonNull(key, "key");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            if (!encodeForSearch(scratch, key)) {
                return null;
            }
            Stripe stripe = core.stripeOf(scratch.hash);
            stripe.lock();
            try {
                if (StripeWriter.locateAndLoad(stripe, scratch) == 0) {
                    return null;
                }
            } finally {
                stripe.unlock();
            }
            return new Versioned<>(decode(scratch), scratch.foundVersion);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    boolean cas(K key, long version, V value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            encodeKey(scratch, key);
            scratch.encodeValue(codec, value);
            return cas(scratch, version);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }

    private boolean cas(MapScratch scratch, long version) {
        Stripe stripe = core.stripeOf(scratch.hash);
        stripe.lock();
        try {
            if (!StripeWriter.locate(stripe, scratch)) {
                return false;
            }
            StripeTable table = stripe.current();
            if (table.version(scratch.entry) != version) {
                return false;
            }
            int kind = table.kind(scratch.entry);
            boolean expires = (kind & StripeLayout.EXPIRES) != 0;
            scratch.setExpiry(expires, expires ? table.expiry(scratch.entry, kind) : 0);
            StripeWriter.store(stripe, scratch);
            return true;
        } finally {
            stripe.unlock();
        }
    }

    void clear() {
        MapScratch scratch = MapScratch.takeToWrite(core);
        try {
            for (int i = 0; i < core.stripeCount(); i++) {
                Stripe stripe = core.stripe(i);
                stripe.lock();
                try {
                    StripeWriter.clear(stripe);
                } finally {
                    stripe.unlock();
                }
            }
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            scratch.giveBack();
        }
    }
}
