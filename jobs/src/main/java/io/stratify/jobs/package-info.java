/** The rooms of the pipeline and the contract of their jobs. */
package io.stratify.jobs;
