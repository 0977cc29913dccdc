/**
 * The command line behind {@code bin/muster}: what a person types, sees and gets back as an exit code.
 *
 * <p>Start at {@link io.muster.cli.Muster}; each subcommand is a class of its own. The only package that knows picocli, and
 * the only one that owns signals ({@link io.muster.cli.Interruption}).
 *
 * <p>Not here: work that a library user could want as well. A subcommand parses, calls, prints.
 */
package io.muster.cli;
