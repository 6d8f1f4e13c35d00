package palette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import palette.data.DataReader;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.Statements;
import palette.data.Vectors;

/** A small sound file of every form that is read, and its reader. */
final class FileSamples {
  private static final String PAIRS =
      """
      {"user":"ana","prompt":"Tea?","chosen":"green","rejected":"black","tie":false,"weight":1.5}
      {"user":"ben","prompt":"Tea?","chosen":"black","rejected":"green","weight":1}
      {"user":"ana","prompt":"Rum?","chosen":"none","rejected":"a\\u00e9 \\"lot\\"","weight":2e0}
      """;
  private static final String TALKS =
      """
      {"prompt":[{"role":"user","content":"Hi"}],"chosen":[{"role":"user","content":"Hi"},\
      {"role":"assistant","content":"A"}],"rejected":[{"role":"user","content":"Hi"},\
      {"role":"assistant","content":"B"}]}
      {"context":[{"role":"user","content":"Ho"}],"chosen":{"role":"assistant","content":"A"},\
      "rejected":{"role":"assistant","content":"C"}}
      """;
  private static final String LABELLED =
      "user,first,second,better\nana,\"soup, hot\",salad,1\nben,soup,\"sal\"\"ad\",2\nana,x,y,0\n";
  private static final String WIDE = "user,tea,rum,milk\nana,4.5,2,\nben,,-1e1,3\ncy,1,2,3\n";
  private static final String LONG = "user,item,value\nana,tea,4\nana,rum,2\nben,tea,1\n";
  private static final String VOTES = "user,tea,rum,milk\nana,1,-1,0\nben,,1,1\ncy,0,0,-1\n";
  private static final String COMMENTS =
      "comment-id,author-id,moderated,comment-body\n0,1,1,\"Buses, please\"\n1,2,-1,Trams\n2,3,0,Cars\n";
  private static final String MATRIX =
      "participant,group-id,n-votes,0,1,2\n10,0,3,1,-1,0\n11,,2,,1,1\n12,1,1,-1,,\n";
  private static final String LOG =
      "timestamp,datetime,comment-id,voter-id,vote\n10,a,0,7,1\n20,b,0,7,-1\n30,c,1,8,0\n30,c,2,8,1\n";
  private static final String SESSION = "\"Name\",\"Tea\"\n\"Title\",\"On\nTea\"\n\"\",\"\"\n";
  private static final String MAP =
      SESSION
          + "Question ID,Question Text,Participant ID,Thought ID,Thought Text\n"
          + "q,Tea?,p1,a,\"Yes, please\"\nq,Tea?,p2,b,No\nr,Rum?,p2,c,Black\n";
  private static final String PREFERENCE =
      SESSION
          + "Question ID,Participant ID,Thought A ID,Thought B ID,Vote,Timestamp\n"
          + "q,p3,a,b,Thought A,then\nq,p4,a,b,I agree with both,then\nq,p5,a,b,I'm not sure,then\n";
  private static final String BINARY =
      SESSION
          + "Question ID,Participant ID,Thought ID,Vote,Timestamp\n"
          + "q,p3,a,Agree,then\nq,p3,b,Disagree,then\nr,p3,c,Agree,then\n";
  private static final String PERSONA =
      """
      {"statement":"Tea is life","label_confidence":0.9,"answer_matching_behavior":" Yes"}
      {"statement":"Ugh","label_confidence":0.8,"answer_matching_behavior":" No"}
      """;
  private static final String DIALOGUES =
      """
      {"chosen":"\\n\\nHuman: Hi\\n\\nAssistant: A","rejected":"\\n\\nHuman: Hi\\n\\nAssistant: B"}
      {"chosen":"\\n\\nHuman: Ho\\n\\nAssistant: ","rejected":"\\n\\nHuman: Ho\\n\\nAssistant: B"}
      """;
  private static final String SUMMARIES =
      """
      {"info":{"id":"t3","post":"A post"},"split":"train","summaries":[{"text":" short"},\
      {"text":"long"}],"choice":1,"worker":"w1"}
      {"info":{"id":"t4","article":"News"},"split":"valid","summaries":[{"text":"a"},{"text":"b"}],\
      "choice":0,"worker":"w2"}
      """;
  private static final String IMAGES =
      "user_id,caption,image_0_uid,image_1_uid,label_0\nu,Cat,a,b,1\nu,Dog,c,d,0.5\nv,Cat,b,a,0.0\n";
  private static final String TALK =
      """
      {"conversation_id":"c1","user_id":"u1","conversation_history":[{"turn":0,"role":"user",\
      "content":"Tea?"},{"turn":0,"role":"model","content":"A","score":80,"if_chosen":true},\
      {"turn":0,"role":"model","content":"B","score":20,"if_chosen":false},{"turn":1,"role":"user",\
      "content":"Why?"},{"turn":1,"role":"model","content":"C","score":5,"if_chosen":true},\
      {"turn":1,"role":"model","content":"D","score":5,"if_chosen":false}]}
      """;
  private static final String UTTERANCES =
      """
      {"conversation_id":"c1","user_id":"u1","turn":0,"user_prompt":"Tea?","model_response":"A",\
      "score":80,"if_chosen":true}
      {"conversation_id":"c1","user_id":"u1","turn":0,"user_prompt":"Tea?","model_response":"B",\
      "score":10,"if_chosen":false}
      """;
  private static final String RANKS =
      """
      # FILE NAME: 1.soc
      # DATA TYPE: toc
      # NUMBER ALTERNATIVES: 3
      # NUMBER VOTERS: 3
      # ALTERNATIVE NAME 1: Tea
      # ALTERNATIVE NAME 2: Rum
      # ALTERNATIVE NAME 3: Milk
      2: 1,2,3
      1: {2,3},1
      """;

  private final List<Sample> all = new ArrayList<>();

  private FileSamples() {}

  /** All of them; the folder is for what only a database writes. */
  static List<Sample> in(Path folder) {
    var samples = new FileSamples();
    samples.pairs();
    samples.judgements();
    samples.publicForms();
    samples.vectors();
    samples.parquet(folder);
    return List.copyOf(samples.all);
  }

  private void pairs() {
    add("a.jsonl", PAIRS, path -> Preferences.jsonl(path).weight("weight"));
    String array = "[" + PAIRS.strip().replace("}\n", "},\n") + "]";
    add("a.json", array, Preferences::jsonl);
    add("a.jsonl.gz", PAIRS, Preferences::jsonl);
    add("t.jsonl", TALKS, Preferences::jsonl);
    add("a.csv", "user,chosen,rejected,tie\nana,a,b,True\nben,b,c,\n", Preferences::csv);
    add("a.tsv", "user\tchosen\trejected\nana\t\"a\tb\nben\tb\tc\n", Preferences::csv);
    add(
        "l.csv",
        LABELLED,
        path ->
            Preferences.csv(path)
                .user("user")
                .left("first")
                .right("second")
                .label("better")
                .leftWins("1")
                .rightWins("2")
                .tie("0"));
    add(
        "h.csv",
        "ana,a,b\nben,b,c\n",
        path -> Preferences.csv(path).header("user", "chosen", "rejected"));
    String excel = "\uFEFFuser;chosen;rejected\r\nana;a;b\r\nben;b;\u00e9\r\n";
    add("x.csv", excel, path -> Preferences.csv(path).separator(';'));
    one("any.jsonl", PAIRS, path -> Preferences.read(path).text());
    String named = "user,first,second,choice\nana,soup,salad,first\nben,soup,salad,tie\n";
    one("any.csv", named, path -> Preferences.read(path).text());
  }

  private void judgements() {
    add("wide.csv", WIDE, Judgements::ratings);
    add("long.csv", LONG, Judgements::ratings);
    add("votes.csv", VOTES, Judgements::votes);
    String comma = "user;tea;rum\nana;4,5;2\nben;;1\n";
    add("d.csv", comma, path -> Judgements.ratings(path).separator(';').decimalComma());
    one("anywide.csv", WIDE, path -> Judgements.read(path).text());
    one("anyvotes.csv", VOTES, path -> Judgements.read(path).text());
    add("p.toc", RANKS, Judgements::preflib);
    add(
        "ratings.csv",
        "userId,movieId,rating,timestamp\n1,31,2.5,1\n2,31,4,2\n",
        Judgements::movieLens);
    var old =
        Map.of(
            "ratings.dat",
            bytes("1::914::3::97\n1::3408::4::98\n"),
            "movies.dat",
            bytes("914::Fair: x::M\n"));
    folder("movielens", old, Judgements::movieLens);
    folder(
        "polis",
        Map.of("comments.csv", bytes(COMMENTS), "participants-votes.csv", bytes(MATRIX)),
        Judgements::polis);
    folder(
        "polis-log",
        Map.of("comments.csv", bytes(COMMENTS), "votes.csv", bytes(LOG)),
        Judgements::polis);
    folder("remesh-votes", dialogue(), Judgements::remesh);
  }

  private static Map<String, byte[]> dialogue() {
    return Map.of(
        "tea_verbatim_map.csv",
        bytes(MAP),
        "tea_preference.csv",
        bytes(PREFERENCE),
        "tea_binary.csv",
        bytes(BINARY));
  }

  private void publicForms() {
    folder("remesh", dialogue(), Preferences::remesh);
    add("persona.jsonl", PERSONA, Statements::persona);
    add("hh.jsonl.gz", DIALOGUES, Preferences::hhRlhf);
    add("tldr.jsonl", SUMMARIES, Preferences::summarizeFromFeedback);
    add("images.csv", IMAGES, Preferences::pickAPic);
    add("conversations.jsonl", TALK, Preferences::prism);
    add("utterances.jsonl", UTTERANCES, Preferences::prism);
  }

  private void vectors() {
    one("v.csv", "id,x,y\na,1,2\nb,-0.5,1e3\n", path -> Vectors.csv(path).byId());
    one(
        "v.jsonl",
        "{\"id\":\"a\",\"x\":1}\n{\"id\":\"b\",\"x\":2}\n",
        path -> Vectors.csv(path).byId());
    all.add(
        new Sample(
            "v.npy",
            Map.of("v.npy", npy()),
            (dir, skip) -> Vectors.npy(dir.resolve("v.npy")).rows()));
  }

  private static byte[] npy() {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }";
    header += " ".repeat(118 - header.length() - 1) + "\n";
    var out = ByteBuffer.allocate(10 + header.length() + 24).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put(bytes("NUMPY")).put((byte) 1).put((byte) 0);
    out.putShort((short) header.length()).put(bytes(header));
    for (int i = 0; i < 6; i++) out.putFloat(i);
    return out.array();
  }

  private void parquet(Path folder) {
    var file = folder.resolve("sample.parquet");
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var statement = database.createStatement()) {
      Files.createDirectories(folder);
      Files.deleteIfExists(file);
      statement.execute(
          "COPY (SELECT 'u' || i % 3 AS user, 'a' || i AS chosen, 'b' || i AS rejected FROM range(40)"
              + " t(i)) TO '"
              + file
              + "' (FORMAT PARQUET)");
      var content = Map.of("a.parquet", Files.readAllBytes(file));
      all.add(
          new Sample(
              "a.parquet",
              content,
              (dir, skip) -> used(Preferences.parquet(dir.resolve("a.parquet")), skip)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name, String content, Function<Path, DataReader<?, ?>> reader) {
    byte[] plain = bytes(content);
    byte[] stored = name.endsWith(".gz") ? Mutation.packed(plain) : plain;
    all.add(
        new Sample(
            name,
            Map.of(name, stored),
            (dir, skip) -> used(reader.apply(dir.resolve(name)), skip)));
  }

  private void one(String name, String content, Function<Path, Object> use) {
    all.add(
        new Sample(
            name, Map.of(name, bytes(content)), (dir, skip) -> use.apply(dir.resolve(name))));
  }

  private void folder(
      String name, Map<String, byte[]> files, Function<Path, DataReader<?, ?>> reader) {
    all.add(new Sample(name, files, (dir, skip) -> used(reader.apply(dir), skip)));
  }

  private static Object used(DataReader<?, ?> reader, boolean skip) {
    var read = skip ? reader.skipInvalid(new ArrayList<>()).read() : reader.read();
    if (read instanceof Judgements votes) return votes.text() + votes.pairs(20, 7).summary().text();
    return read instanceof Preferences pairs ? pairs.text() + pairs.fingerprint() : read.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
