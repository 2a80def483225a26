package io.arranque.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests as a browser or a program would. */
public final class Browser {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  public String cookie = "";

  public Browser(ControlPlane plane) {
    this.base = "http://127.0.0.1:" + plane.port();
  }

  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path));
    return cookie.isEmpty() ? builder : builder.header("Cookie", cookie);
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<java.io.InputStream> stream(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public HttpResponse<String> api(String method, String path, String json)
      throws IOException, InterruptedException {
    return send(
        request("/api/v1" + path)
            .header("Authorization", "Bearer " + World.TOKEN)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> form(String path, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  public void logIn() throws IOException, InterruptedException {
    cookie = cookieOf(form("/login", "token=" + World.TOKEN));
  }

  public static String cookieOf(HttpResponse<?> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
  }

  public String csrf() throws IOException, InterruptedException {
    Matcher matcher = CSRF.matcher(get("/").body());
    if (!matcher.find()) {
      throw new AssertionError("the page holds no CSRF token");
    }
    return matcher.group(1);
  }
}
