/** What tests with several JVMs need: deadlines that show every JVM's stacks, waiting for conditions, driver JVMs. */
package io.muster.testing;
