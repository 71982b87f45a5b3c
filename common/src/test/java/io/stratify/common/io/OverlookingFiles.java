package io.stratify.common.io;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A store of which Hadoop believes that it knows conditional writes, and which overwrites. */
final class OverlookingFiles extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("s3test:///");
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return true;
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new Builder(this, path);
  }

  private static final class Builder
      extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
    Builder(OverlookingFiles files, Path path) {
      super(files, path);
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      return getFS().create(getPath(), true);
    }
  }
}
