package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;

class LogTest {
  private final StringWriter said = new StringWriter();

  private Log log(boolean json) {
    return new Log(new PrintWriter(said), json, text -> text.replace("hunter2", "******"));
  }

  private List<String> lines() {
    return said.toString().lines().toList();
  }

  @Test
  void forPeopleTheColumnsAreAligned() {
    try (Log log = log(false).capture()) {
      log.run("r1");
      log.say("run %s", "r1");
      log.note("password hunter2");
      log.done("conform", 1.25, "5 % of the rows");
      log.failed("history", "failed");
    }
    assertThat(lines())
        .containsExactly(
            "run r1",
            "            note: password ******",
            "conform        1.3 s  5 % of the rows",
            "history     failed");
  }

  @Test
  void forProgramsEveryLineIsAnObject() throws JsonProcessingException {
    try (Log log = log(true).capture()) {
      log.run("r1");
      log.job("conform");
      log.note("two\nlines of \"hunter2\"");
      LogManager.getLogger("org.somebody.Else").error("from below with hunter2");
      log.done("history", 2, "all");
    }
    assertThat(lines()).hasSize(3).allMatch(l -> l.matches("\\{\"time\":\"[^\"]+Z\",\"level\".*}"));
    JsonNode note = new ObjectMapper().readTree(lines().get(0));
    assertThat(note.fieldNames())
        .toIterable()
        .containsExactly("time", "level", "run", "job", "message");
    assertThat(note.path("message").asText()).isEqualTo("two\nlines of \"******\"");
    assertThat(lines().get(1))
        .contains("\"ERROR\",\"run\":\"r1\",\"job\":\"conform\"", "Else: from below with ******");
    assertThat(lines().get(2)).contains("\"job\":\"history\",\"message\":\"done in 2.0 s: all\"");
  }

  @Test
  void aRunBeginsWithNoJob() throws JsonProcessingException {
    try (Log log = log(true).capture()) {
      log.run("r1");
      log.done("publish", 1, "all");
      log.run("r2");
      log.say("run r2");
    }
    JsonNode begun = new ObjectMapper().readTree(lines().get(1));
    assertThat(begun.path("run").asText()).isEqualTo("r2");
    assertThat(begun.path("job").asText()).isEmpty();
  }

  @Test
  void timesAreAllAsLongAsEachOther() {
    assertThat(Log.time(Instant.parse("2026-11-27T06:47:25Z")))
        .isEqualTo("2026-11-27T06:47:25.000Z");
    assertThat(Log.time(Instant.parse("2026-11-27T06:47:25.191999Z")))
        .isEqualTo("2026-11-27T06:47:25.191Z");
  }

  @Test
  void afterwardsOthersLogAsBefore() {
    log(true).capture().close();
    LogManager.getLogger("io.stratify.Test").error("not for the closed log");
    assertThat(lines()).isEmpty();
  }
}
