package io.arranque.conformance.files;

import io.arranque.conformance.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's nginx, which serves a folder. */
final class NginxProgram implements FileProgram {
  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public String title() {
    return "nginx";
  }

  @Override
  public Command prepare(Path folder) throws IOException, InterruptedException {
    String program = Unpacked.of("nginx").resolve("usr/sbin/nginx").toString();
    Path file = folder.resolve("nginx.conf");
    Files.writeString(
        file,
        """
        daemon off;
        user nobody nogroup;
        worker_processes 2;
        pid %1$s/pid;
        error_log stderr;
        events { worker_connections 1024; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          default_type application/octet-stream;
          server { listen 8081; root %1$s/site; }
        }
        """
            .formatted(folder));
    List<String> words = List.of(program, "-c", file.toString(), "-p", folder.toString());
    return new Command(words, Map.of(), List.of(program, "-v"));
  }

  @Override
  public Map<Feature, String> lacks() {
    return Map.of();
  }
}
