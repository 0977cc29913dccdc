/** What runs inside a child JVM before and around its target. */
package io.muster.child;
