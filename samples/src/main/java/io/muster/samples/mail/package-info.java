/**
 * Ten children do what takes a while at the same time, and the parent waits for all of them. Start at
 * {@link io.muster.samples.mail.Mail}. Not here: mail.
 */
package io.muster.samples.mail;
