/** What every job shares; it never imports jobs. */
package io.stratify.common;
