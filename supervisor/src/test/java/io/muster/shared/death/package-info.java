/** Every death and every bad input that shared objects promise to survive. */
package io.muster.shared.death;
