package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.LogConfig;
import org.junit.jupiter.api.Test;

class SessionTest {
  @Test
  void aLogForProgramsHasNoBarsOfProgress() {
    LogConfig text = new LogConfig(LogConfig.Format.TEXT);
    LogConfig json = new LogConfig(LogConfig.Format.JSON);
    assertThat(Session.showsProgress(true, text)).isTrue();
    assertThat(Session.showsProgress(true, json)).isFalse();
    assertThat(Session.showsProgress(false, text)).isFalse();
  }
}
