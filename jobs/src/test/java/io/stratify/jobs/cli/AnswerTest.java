package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AnswerTest {
  private final StringWriter err = new StringWriter();

  private int pipeline(OutputStream out) {
    CommandLine cli = Stratify.commandLine();
    cli.setOut(Answer.to(out));
    cli.setErr(new PrintWriter(err, true));
    return cli.execute("pipeline", "--json");
  }

  private static OutputStream refusing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @Test
  void anAnswerThatNobodyGotIsAFailure() {
    assertThat(pipeline(refusing("No space left on device"))).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("Cannot write the answer to standard output: No space left on device")
        .doesNotContain("Unexpected", "\tat ");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNone() {
    assertThat(pipeline(refusing("Broken pipe"))).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void lettersAreThoseOfUtf8WhateverTheLocale() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Answer answer = Answer.to(bytes);
    answer.print("M\u00fcller");
    answer.requireWritten();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("M\u00fcller");
  }
}
