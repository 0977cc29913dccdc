/**
 * An event holds processes up and lets all of them go at once. Start at
 * {@link io.muster.samples.trafficlight.TrafficLight}. Not here: how they sleep ({@code io.muster.ipc.wait}).
 */
package io.muster.samples.trafficlight;
