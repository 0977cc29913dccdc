package io.muster.ipc.memory;

public abstract class Memory {}
