package io.muster.ipc.data;

/** One kind of value, spoken of as doubles. */
interface ValueKind {
    double get();

    void set(double value);

    double getAndSet(double value);

    boolean compareAndSet(double expected, double update);

    double getAndAdd(int delta);

    double addAndGet(int delta);

    double triple();

    double max(int value);

    AutoCloseable handle();

    static ValueKind of(SharedByte it) {
        return new ValueKind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((byte) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((byte) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((byte) expected, (byte) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    static ValueKind of(SharedShort it) {
        return new ValueKind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((short) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((short) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((short) expected, (short) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    static ValueKind of(SharedChar it) {
        return new ValueKind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((char) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((char) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((char) expected, (char) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    static ValueKind of(SharedInt it) {
        return new ValueKind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((int) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((int) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((int) expected, (int) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    static ValueKind of(SharedLong it) {
        return new ValueKind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((long) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((long) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((long) expected, (long) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    static ValueKind of(SharedFloat it) {
        return new ValueKind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((float) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((float) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((float) expected, (float) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    static ValueKind of(SharedDouble it) {
        return new ValueKind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set(value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet(value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet(expected, update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }
}
