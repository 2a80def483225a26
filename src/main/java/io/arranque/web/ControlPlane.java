package io.arranque.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Ipv4;
import io.arranque.wake.Waker;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Permissions;
import io.arranque.web.access.Secrets;
import io.arranque.web.access.Sessions;
import io.arranque.web.access.Throttle;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.files.SiteEditing;
import io.arranque.web.images.ImageRoutes;
import io.arranque.web.live.Live;
import io.arranque.web.live.LiveParts;
import io.arranque.web.machines.AssignmentRoutes;
import io.arranque.web.machines.DiagnosisDesk;
import io.arranque.web.machines.DiagnosisRoutes;
import io.arranque.web.machines.EditRoutes;
import io.arranque.web.machines.Editions;
import io.arranque.web.machines.ImportRoutes;
import io.arranque.web.machines.Pages;
import io.arranque.web.machines.PreviewRoutes;
import io.arranque.web.machines.SecretRoutes;
import io.arranque.web.network.Addresses;
import io.arranque.web.network.DownloadPages;
import io.arranque.web.network.NetworkApi;
import io.arranque.web.network.NetworkDesk;
import io.arranque.web.network.NetworkPages;
import io.arranque.web.page.Renderer;
import io.arranque.web.page.WebFiles;
import io.arranque.web.people.AuditRoutes;
import io.arranque.web.people.Login;
import io.arranque.web.people.PeopleDesk;
import io.arranque.web.people.PeopleRoutes;
import io.arranque.web.rooms.RoomApi;
import io.arranque.web.rooms.RoomBodies;
import io.arranque.web.rooms.RoomDesk;
import io.arranque.web.rooms.RoomLive;
import io.arranque.web.rooms.RoomPages;
import io.arranque.web.rooms.RoomRenaming;
import io.arranque.web.rooms.Standings;
import io.arranque.web.rooms.WalkRoutes;
import io.arranque.web.rooms.Walks;
import io.arranque.web.schedule.LockRoutes;
import io.arranque.web.schedule.ScheduleRoutes;
import io.arranque.web.tasks.TaskRoutes;
import io.arranque.web.tasks.Tasks;
import io.arranque.web.views.Desk;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page and the REST API on one port. */
public final class ControlPlane implements AutoCloseable {
  /** A bulk assignment of a thousand machines fits with room to spare. */
  private static final long MAX_BODY_BYTES = 256 * 1024;

  private final Ipv4 address;
  private final int port;
  private final Sessions sessions;
  private final WebFiles files;
  private final Guard guard;
  private final Live live;
  private final Api api;
  private final Pages pages;
  private final RoomLive roomLive;
  private final RoomPages rooms;
  private final RoomApi roomApi;
  private final RoomRenaming renaming;
  private final EditRoutes edits;
  private final AssignmentRoutes assignment;
  private final NetworkPages network;
  private final NetworkApi networkApi;
  private final DownloadPages downloads;
  private final ImageRoutes images;
  private final SecretRoutes secrets;
  private final PreviewRoutes previews;
  private final DiagnosisRoutes diagnosis;
  private final SiteEditing editing;
  private final ImportRoutes imports;
  private final Walks walks;
  private final WalkRoutes walk;
  private final SearchRoutes search;
  private final Login login;
  private final Tasks tasks;
  private final TaskRoutes taskRoutes;
  private final Audit audit;
  private final PeopleRoutes people;
  private final AuditRoutes audits;
  private final LockRoutes locks;
  private final ScheduleRoutes schedule;
  private final Failures failures;
  private @Nullable Javalin server;

  /**
   * @param port 0 takes a free one
   */
  public ControlPlane(Parts parts, Ipv4 address, int port) {
    this.address = address;
    this.port = port;
    ObjectMapper json = new ObjectMapper();
    this.sessions =
        new Sessions(parts.clock(), parts.people(), parts.site().get().settings().web());
    this.files = new WebFiles(() -> parts.site().get().folder());
    this.audit = new Audit(parts.audit(), parts.clock());
    Throttle throttle = new Throttle();
    this.guard = new Guard(parts, sessions, audit, throttle);
    Renderer renderer = new Renderer(parts, guard, files);
    Desk desk = new Desk(parts);
    Changes.Maker changes = new Changes.Maker(parts);
    this.live = new Live(parts, json);
    Editions editions = new Editions();
    Answers answers = new Answers(json);
    this.api = new Api(parts, desk, changes, live, guard, editions, answers, json);
    this.edits = new EditRoutes(parts, desk, changes, editions, renderer);
    this.previews = new PreviewRoutes(parts, desk, renderer, json);
    this.diagnosis =
        new DiagnosisRoutes(desk, new DiagnosisDesk(parts, desk), previews, renderer, answers);
    this.pages = new Pages(desk, changes, live, guard, sessions, renderer, edits, diagnosis);
    NetworkDesk network = new NetworkDesk(parts, desk, new Addresses(parts));
    LiveParts liveParts = new LiveParts(live, guard, renderer, json);
    this.network = new NetworkPages(parts, desk, network, liveParts, renderer);
    this.networkApi = new NetworkApi(parts, network, json);
    Standings standings = new Standings(parts.timeline());
    RoomDesk roomDesk = new RoomDesk(parts, standings);
    RoomBodies drawings = new RoomBodies(json);
    this.roomLive = new RoomLive(parts, roomDesk, standings, json);
    this.rooms =
        new RoomPages(parts, desk, roomDesk, roomLive, changes, guard, renderer, drawings, answers);
    this.roomApi = new RoomApi(parts, roomDesk, changes, answers, drawings);
    this.assignment = new AssignmentRoutes(desk, changes, answers, json);
    this.downloads = new DownloadPages(network, liveParts, renderer);
    this.images = new ImageRoutes(parts, renderer, json);
    this.secrets = new SecretRoutes(parts, desk, renderer, json);
    this.editing = new SiteEditing(parts, desk, live, guard, audit, renderer, json);
    this.imports = new ImportRoutes(parts, changes, renderer, json);
    this.tasks = new Tasks(parts, live::tasksMoved);
    this.taskRoutes = new TaskRoutes(parts, tasks, live, guard, sessions, renderer, json);
    this.walks = new Walks(parts, changes);
    this.renaming = new RoomRenaming(parts, walks, changes, renderer, answers, json);
    this.walk = new WalkRoutes(parts, walks, changes, live, guard, renderer, answers, json);
    this.search = new SearchRoutes(parts, renderer, answers);
    PeopleDesk people = new PeopleDesk(parts.people(), parts.clock());
    this.login = new Login(parts, sessions, guard, renderer, people, audit, throttle);
    this.people = new PeopleRoutes(parts, people, sessions, guard, renderer, throttle, json);
    this.audits = new AuditRoutes(parts, renderer, json);
    this.locks = new LockRoutes(parts, changes, renderer, answers, json);
    this.schedule = new ScheduleRoutes(parts, live, guard, renderer, answers, json);
    this.failures = new Failures(renderer, json);
  }

  /**
   * Begins to answer.
   *
   * @throws IOException when the port cannot be had; says which setting to change
   */
  public void start() throws IOException {
    Javalin made = Javalin.create(this::configure);
    // Javalin writes an error of its own to the log each time that it cannot start.
    try (ServerSocket free = new ServerSocket()) {
      free.bind(new InetSocketAddress(address.toInetAddress(), port));
    } catch (IOException e) {
      throw explained(e);
    }
    try {
      made.start(address.toString(), port);
    } catch (RuntimeException e) {
      made.stop();
      throw explained(e);
    }
    server = made;
  }

  private IOException explained(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (isPortTaken(e) && !message.contains("assign requested address")) {
      return new IOException(
          "port "
              + port
              + " of "
              + address
              + " is taken by another program; find it with 'ss -ltnp sport = :"
              + port
              + "' and stop it, or set web: { port: … } in arranque.yaml",
          e);
    }
    return new IOException(
        "the page cannot listen on "
            + address
            + ":"
            + port
            + " (see web: { address: …, port: … } in arranque.yaml): "
            + message,
        e);
  }

  /** Every route, as {@code METHOD /template}; for the test of {@link Permissions}. */
  List<String> routes() {
    return Javalin.create(this::configure).unsafe.internalRouter.allHttpHandlers().stream()
        .filter(route -> route.endpoint.method.isHttpMethod())
        .map(route -> route.endpoint.method.name() + " " + route.endpoint.path)
        .toList();
  }

  int openStreams() {
    return live.open() + roomLive.open();
  }

  /** The port in use; also where 0 was asked for. */
  public int port() {
    return server == null ? port : server.port();
  }

  /**
   * A new address that logs in once, within an hour. For the operator's eyes only: whoever has it
   * is administrator.
   *
   * @param host name or address under which the operator reaches the page
   */
  public String newLoginLink(String host) {
    return "http://" + host + ":" + port() + "/login?code=" + sessions.newCode();
  }

  /** Wakes as a task that shows on the page and can be stopped there. */
  public Waker waker() {
    return tasks;
  }

  @Override
  public void close() {
    tasks.close();
    live.close();
    roomLive.close();
    walks.close();
    if (server != null) {
      server.stop();
    }
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = MAX_BODY_BYTES;
    // Only an import comes as such, and it stays in memory.
    config.jetty.multipartConfig.maxFileSize(ImportRoutes.MAX_FORM_BYTES, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(ImportRoutes.MAX_FORM_BYTES, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxInMemoryFileSize(ImportRoutes.MAX_FORM_BYTES, SizeUnit.BYTES);
    config.jetty.modifyServletContextHandler(
        handler -> handler.setMaxFormContentSize(ImportRoutes.MAX_FORM_BYTES));
    // A stream without events lives on signs of life; Jetty's own timeout would cut it.
    config.http.asyncTimeout = 0;
    config.http.prefer405over404 = true;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.routes.before(guard::headers);
    config.routes.before(guard::admit);
    config.routes.beforeMatched(guard::authorise);
    config.routes.after(audit::after);
    config.routes.exception(Exception.class, failures::handle);
    config.routes.exception(
        io.javalin.http.HttpResponseException.class, (e, ctx) -> failures.handle(e, ctx));
    config.routes.get("/static/{name}", this::serveStatic);
    login.routes(config.routes);
    // Before the pages: a path of theirs has a MAC where one of these has a word.
    secrets.routes(config.routes);
    rooms.routes(config.routes);
    roomApi.routes(config.routes);
    renaming.routes(config.routes);
    pages.routes(config.routes);
    edits.routes(config.routes);
    assignment.routes(config.routes);
    network.routes(config.routes);
    networkApi.routes(config.routes);
    downloads.routes(config.routes);
    api.routes(config.routes);
    images.routes(config.routes);
    people.routes(config.routes);
    audits.routes(config.routes);
    locks.routes(config.routes);
    schedule.routes(config.routes);
    previews.routes(config.routes);
    taskRoutes.routes(config.routes);
    diagnosis.routes(config.routes);
    editing.routes(config.routes);
    imports.routes(config.routes);
    walk.routes(config.routes);
    search.routes(config.routes);
  }

  private void serveStatic(Context ctx) {
    String name = ctx.pathParam("name");
    byte[] content =
        files.readStatic(name).orElseThrow(() -> Fault.notFound("There is no file " + name + "."));
    String tag = "\"" + java.util.HexFormat.of().formatHex(Secrets.sha256(content), 0, 12) + "\"";
    ctx.header("ETag", tag);
    ctx.header("Cache-Control", "no-cache"); // may be kept, but is asked for: overrides can change
    if (tag.equals(Optional.ofNullable(ctx.header("If-None-Match")).orElse(""))) {
      ctx.status(304);
      return;
    }
    ctx.contentType(type(name));
    ctx.result(content);
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      default -> "application/octet-stream";
    };
  }

  private static boolean isPortTaken(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof BindException || t.getClass().getSimpleName().contains("PortInUse")) {
        return true;
      }
    }
    return false;
  }
}
