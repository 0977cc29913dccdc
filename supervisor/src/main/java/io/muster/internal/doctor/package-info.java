/**
 * Looks whether a machine, a container or a JVM is fit for many child JVMs, and says what to do where it is not.
 *
 * <p>Start at {@link io.muster.internal.doctor.Examination}. It only looks: nothing is changed or removed. Not here: printing.
 */
package io.muster.internal.doctor;
