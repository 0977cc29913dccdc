package io.muster.ipc.memory;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Looks for the real {@link WakeUp} when it is needed first: finding it early would load all that it stands on. */
final class ServiceWakeUp implements WakeUp {
    private WakeUp found;

    @Override
    public void wakeAll(Memory memory, long offset) {
        provider().wakeAll(memory, offset);
    }

    private synchronized WakeUp provider() {
        if (found == null) {
            found = find();
        }
        return found;
    }

    private static WakeUp find() {
        try {
            Iterator<WakeUp> providers = ServiceLoader.load(WakeUp.class, WakeUp.class.getClassLoader())
                    .iterator();
            if (providers.hasNext()) {
                return providers.next();
            }
        } catch (ServiceConfigurationError e) {
            System.getLogger(WakeUp.class.getName())
                    .log(System.Logger.Level.WARNING, "no wake-ups at a death, sleepers find out by themselves", e);
        }
        return new None();
    }

    private static final class None implements WakeUp {
        @Override
        public void wakeAll(Memory memory, long offset) {}
    }
}
