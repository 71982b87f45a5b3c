package io.stratify.common.io;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What to do about a failure of S3 or of a disk. The exceptions of S3 are known by their names and
 * words: where nobody uses S3, their classes are not there.
 */
public final class StoreAdvice {
  /** Words of a failure, and what helps; the first that fits counts. */
  private record Case(Pattern words, String advice) {}

  private static final Pattern S3 =
      Pattern.compile("s3a?://|org\\.apache\\.hadoop\\.fs\\.s3a\\.|software\\.amazon\\.awssdk\\.");

  private static final Pattern FULL =
      Pattern.compile("No space left on device|Disk quota exceeded|not enough space on the disk");

  private static final List<Case> DISK =
      List.of(
          new Case(
              FULL, "The disk is full: free some space and run again; what was published stays"),
          of(
              "Read-only file system",
              "That file system is mounted read-only: mount it for writing, or give a folder on"
                  + " another one: --set output.root=FOLDER"));

  private static final List<Case> CASES =
      List.of(
          of(
              "ClassNotFoundException.*(S3AFileSystem|awssdk)|NoClassDefFoundError.*awssdk",
              "Give spark-submit the jars of s3a (README, Tables on S3)"),
          of(
              "NoAwsCredentialsException|NoAuthWithAWS|Unable to load credentials",
              "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, or"
                  + " run under a role"),
          of(
              "SignatureDoesNotMatch|request signature",
              "The secret is not that of the access key: correct AWS_SECRET_ACCESS_KEY, or what"
                  + " else gives the credentials"),
          of(
              "InvalidAccessKeyId|ExpiredToken|InvalidToken",
              "The store does not know these credentials, or they have expired: renew them"),
          of(
              "UnknownStoreException|NoSuchBucket",
              "There is no such bucket at this endpoint: make it, or correct the path or"
                  + " AWS_ENDPOINT_URL_S3"),
          of(
              "Status Code: 403|AccessDenied|\\b403\\b",
              "These credentials must be allowed to list the bucket, and to read, write and delete"
                  + " below the path"),
          of(
              "UnknownHostException|ConnectException|Connection refused|Unable to execute HTTP"
                  + " request|SocketTimeout|ConnectTimeout|AWSClientIOException|AWSStatus5|Status"
                  + " Code: 5\\d\\d|AWSServiceThrottled",
              "The store did not answer as it should, however often it was asked: see to it or to"
                  + " the network, correct AWS_ENDPOINT_URL_S3 if it is another one, and run again;"
                  + " what was published stays"));

  private StoreAdvice() {}

  /**
   * What to do, in a sentence without its full stop; nothing where the failure is not one of S3,
   * nor one of a disk.
   */
  public static Optional<String> of(Throwable failure) {
    String all = words(failure);
    // What is on its way to S3 lies on a disk first.
    Stream<Case> cases =
        S3.matcher(all).find() ? Stream.concat(CASES.stream(), DISK.stream()) : DISK.stream();
    return cases.filter(c -> c.words.matcher(all).find()).map(Case::advice).findFirst();
  }

  /** Whether a disk of this machine, or of an executor, is full. */
  public static boolean isFullDisk(Throwable failure) {
    return FULL.matcher(words(failure)).find();
  }

  private static String words(Throwable failure) {
    return String.join(
        "\n", chain(failure).map(e -> e.getClass().getName() + ": " + e.getMessage()).toList());
  }

  private static Case of(String words, String advice) {
    return new Case(Pattern.compile(words), advice);
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause);
  }
}
