package palette.notebook.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.reply.CommInfoReply;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.reply.InterruptReply;
import org.dflib.jjava.jupyter.messages.reply.IsCompleteReply;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;
import org.dflib.jjava.jupyter.messages.reply.ShutdownReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import org.zeromq.ZMQ;
import palette.notebook.cells.CellError;
import palette.notebook.cells.CellRunner;
import palette.notebook.cells.CodeHelp;
import palette.support.Daemons;
import palette.support.InputException;
import palette.support.Progress;

/**
 * The Jupyter kernel: answers the requests of a front end with the cell runner that {@code palette
 * run} uses too. Requests come in one thread, interrupt and shutdown in another, cells run in a
 * third and what they show is sent by a fourth.
 */
public final class Kernel {
  private static final LanguageInfo JAVA =
      new LanguageInfo(
          "java",
          System.getProperty("java.version"),
          "text/x-java",
          ".jshell",
          "java",
          "java",
          "script");

  private final Connection connection;
  private final String version;
  private final Publisher publisher;
  private final Keyboard keyboard;
  private final Once requests = new Once();
  private final CellHistory history = new CellHistory();
  private final ExecutorService cells =
      Executors.newSingleThreadExecutor(Daemons.named("palette-cells"));
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Patience patience;
  private final Future<CellRunner> runner;
  // Both belong to the thread of the requests.
  private int count = 1;
  private boolean aborting;

  private Kernel(Connection connection, String version) {
    this.connection = connection;
    this.version = version;
    publisher = new Publisher(connection.getIOPub());
    keyboard = new Keyboard(connection.stdin(), publisher::flush);
    System.setIn(keyboard);
    patience = new Patience(publisher);
    Progress.listen(publisher);
    runner = cells.submit(() -> new CellRunner(publisher));
  }

  /**
   * Serves the front end that wrote the connection file until it says goodbye or is gone.
   *
   * @throws InputException if the file is no connection file
   */
  public static void serve(Path connectionFile, String version) {
    try {
      var kernel = new Kernel(Connection.of(connectionFile), version);
      kernel.handle();
      kernel.open();
      kernel.ended.await();
      // What was sent last is on its way.
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open() {
    connection.open();
    connected.complete(null);
    var parent = System.getenv("JPY_PARENT_PID");
    if (parent != null && parent.matches("[1-9]\\d{1,17}"))
      ProcessHandle.of(Long.parseLong(parent))
          .ifPresent(process -> process.onExit().thenRun(ended::countDown));
  }

  private void handle() {
    on(MessageType.KERNEL_INFO_REQUEST, (env, message) -> env.reply(info()));
    on(MessageType.EXECUTE_REQUEST, this::execute);
    on(MessageType.COMPLETE_REQUEST, this::complete);
    on(MessageType.INSPECT_REQUEST, this::inspect);
    on(
        MessageType.IS_COMPLETE_REQUEST,
        (env, m) -> env.reply(completeness(m.getContent().getCode())));
    on(MessageType.HISTORY_REQUEST, this::history);
    on(MessageType.COMM_INFO_REQUEST, (env, message) -> env.reply(new CommInfoReply(Map.of())));
    on(MessageType.INTERRUPT_REQUEST, (env, message) -> interrupt(env));
    on(MessageType.SHUTDOWN_REQUEST, this::shutdown);
  }

  private <T> void on(MessageType<T> type, ShellHandler<T> handler) {
    connection.setHandler(
        type,
        (env, message) -> {
          if (!requests.isNew(message.getHeader().getId())) return;
          // The first request may come while the last socket is not open yet.
          awaited(connected);
          env.setStatusBusy();
          try {
            handler.handle(env, message);
          } catch (RuntimeException e) {
            // A request that is not as it should be has an answer too.
            var reply = MessageType.getType(type.getName().replace("_request", "_reply"));
            env.replyError(reply.error(), new ErrorReply(name(e), "" + e.getMessage(), List.of()));
          } finally {
            env.setStatusIdle();
            if (aborting && type != MessageType.INTERRUPT_REQUEST) aborting = isMoreWaiting(env);
          }
        });
  }

  private static String name(RuntimeException e) {
    return e.getClass().getName();
  }

  private static boolean isMoreWaiting(ShellReplyEnvironment env) {
    return (env.getShell().getEvents() & ZMQ.Poller.POLLIN) != 0;
  }

  private KernelInfoReply info() {
    return new KernelInfoReply(
        Header.PROTOCOL_VERISON, "palette", version, JAVA, "Palette " + version, List.of());
  }

  // ---------------------------------------------------------------------------------- execution

  private void execute(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    var request = message.getContent();
    var code = Objects.requireNonNullElse(request.getCode(), "");
    boolean silent = request.isSilent();
    int number = count;
    if (aborting) {
      // A cell that waited when an earlier one failed.
      reply(env, MessageType.EXECUTE_REPLY, Map.of("status", "aborted", "execution_count", number));
      return;
    }
    // An interrupt counts from here on, not only once the cell has begun.
    var session = session();
    session.begin();
    patience.begin();
    if (!silent) {
      if (request.shouldStoreHistory()) count++;
      env.publish(new PublishExecuteInput(code, number));
    }
    publisher.begin(silent ? null : message, number);
    keyboard.begin(request.isStdinEnabled() ? message : null);
    boolean passed = run(session, number, code);
    if (request.shouldStoreHistory() && !silent) history.add(number, code);
    aborting = !passed && request.shouldStopOnError();
    if (publisher.failure() == null) env.reply(new ExecuteReply(number, Map.of()));
    else env.replyError(MessageType.EXECUTE_REPLY.error(), failed(publisher.failure(), number));
  }

  /** Runs a cell in its thread, waits until all it shows is sent, and says whether to go on. */
  private boolean run(CellRunner session, int number, String code) {
    try {
      return awaited(cells.submit(() -> session.run(number, code))) && !session.wasInterrupted();
    } finally {
      patience.end();
      publisher.flush();
    }
  }

  private CellRunner session() {
    return awaited(runner);
  }

  private static <T> T awaited(Future<T> result) {
    try {
      return result.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ErrorReply failed(CellError error, int number) {
    var reply = new ErrorReply(error.name(), error.message(), error.lines());
    reply.setExecutionCount(number);
    return reply;
  }

  // For replies that jjava-jupyter has not, or writes in another shape than Jupyter reads.
  @SuppressWarnings("unchecked")
  private static void reply(
      ShellReplyEnvironment env, MessageType<?> type, Map<String, Object> content) {
    env.reply(new Message<>(env.getContext(), (MessageType<Object>) type, content));
  }

  private void interrupt(ShellReplyEnvironment env) {
    if (runner.isDone()) patience.interrupt(session());
    env.reply(new InterruptReply());
  }

  private void shutdown(ShellReplyEnvironment env, Message<ShutdownRequest> message) {
    boolean restart = message.getContent().isRestart();
    env.reply(restart ? ShutdownReply.SHUTDOWN_AND_RESTART : ShutdownReply.SHUTDOWN);
    ended.countDown();
  }

  // ---------------------------------------------------------------------------- help with writing

  private CodeHelp help() {
    return session().help();
  }

  private void history(ShellReplyEnvironment env, Message<HistoryRequest> message) {
    var found = history.find(message.getContent());
    reply(env, MessageType.HISTORY_REPLY, Map.of("status", "ok", "history", found));
  }

  private void complete(ShellReplyEnvironment env, Message<CompleteRequest> message) {
    var code = message.getContent().getCode();
    int cursor = position(code, message.getContent().getCursorPos());
    var found = help().complete(code, cursor);
    int start = code.codePointCount(0, found.start());
    int end = code.codePointCount(0, cursor);
    env.reply(new CompleteReply(found.matches(), start, end, Map.of()));
  }

  private void inspect(ShellReplyEnvironment env, Message<InspectRequest> message) {
    var code = message.getContent().getCode();
    var text = help().inspect(code, position(code, message.getContent().getCursorPos()));
    var data = new DisplayData();
    if (!text.isEmpty()) data.putText(text);
    env.reply(new InspectReply(!text.isEmpty(), data));
  }

  // Jupyter counts characters, Java halves of some.
  private static int position(String code, int cursor) {
    return code.offsetByCodePoints(
        0, Math.max(0, Math.min(cursor, code.codePointCount(0, code.length()))));
  }

  private IsCompleteReply completeness(String code) {
    var state = help().completeness(code);
    if (state.equals("complete")) return IsCompleteReply.VALID_CODE;
    if (state.equals("invalid")) return IsCompleteReply.INVALID_CODE;
    return IsCompleteReply.getIncompleteReplyWithIndent(state);
  }
}
