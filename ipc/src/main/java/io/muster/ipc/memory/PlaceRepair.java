package io.muster.ipc.memory;

import static io.muster.ipc.memory.PlaceLayout.DEAD;

/**
 * What the first comer after a reboot does to the table of a place that lies on disk: nobody whom it names can still be
 * alive, whatever process has their pid by now. For who holds the place's lock alone.
 *
 * <p>The boot id is stored last, so a repair that was cut off is done again; each of its steps may be done twice. The objects
 * in the place are repaired by those who use them, as after any death.
 */
final class PlaceRepair {
    private PlaceRepair() {}

    static boolean isOfBoot(Memory table, Self process) {
        return table.getLongVolatile(PlaceLayout.BOOT_ID_HIGH) == process.bootIdHigh()
                && table.getLongVolatile(PlaceLayout.BOOT_ID_LOW) == process.bootIdLow();
    }

    static void afterReboot(Memory memory, Self process, int processors) {
        PartyTable table = new PartyTable(memory);
        for (int slot = 0; slot < table.capacity(); slot++) {
            long state = table.state(slot);
            int phase = PlaceLayout.phase(state);
            if (phase == PlaceLayout.LIVE || phase == PlaceLayout.RESERVED) {
                table.publish(slot, DEAD, PlaceLayout.incarnation(state));
                table.setAnnounced(slot, PlaceLayout.incarnation(state));
            }
        }
        memory.getAndAddInt(PlaceLayout.DEATHS, 1);
        memory.putIntVolatile(PlaceLayout.PROCESSORS, processors);
        // Not one store, but half of one boot id and half of another is the id of neither.
        memory.putLongVolatile(PlaceLayout.BOOT_ID_HIGH, process.bootIdHigh());
        memory.putLongVolatile(PlaceLayout.BOOT_ID_LOW, process.bootIdLow());
    }
}
