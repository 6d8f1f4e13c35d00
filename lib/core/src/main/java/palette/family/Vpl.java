package palette.family;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Inference;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.fit.BasisModel;
import palette.fit.FitSpec;
import palette.fit.Parameters;
import palette.fit.UserWeights;
import palette.reward.History;
import palette.reward.Option;
import palette.reward.PersonalModel;
import palette.reward.RewardSpec;
import palette.reward.Scorer;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Provenance;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Variational preference learning: an encoder reads a person's answers, and a reward network is
 * told what it read,
 *
 * <pre>q(z | answers) = N(mu, sigma^2),   reward_u(x) = R([x ; z]),   z in R^L</pre>
 *
 * Every answered pair becomes a vector, attention lets the pairs of one person look at each other,
 * their mean gives mu and log sigma^2, both between -1 and 1. In training z is drawn and the
 * divergence from N(0, I) is paid for; afterwards z = mu. So a newcomer takes one pass through a
 * network, whatever they answered, and nobody's z is searched for.
 *
 * <p>The price: no certificate (an encoder's guess need not be the best z for the answers), no
 * weights over prototypes, no ranking of questions. The known fault is a posterior that collapses,
 * so that z says nothing: {@link #activeUnits} counts the numbers of z that differ between users.
 * Items need vectors, and carry nothing of their own. Prompts are ignored, since vectors of the
 * published kind have read them already.
 *
 * <pre>{@code
 * var model = Vpl.spec().latent(8).seed(7).fit(split.train());
 * model.place(answersOfOne).margins(others);
 * }</pre>
 *
 * Source: Poddar et al., "Personalizing Reinforcement Learning from Human Feedback with Variational
 * Preference Learning", arXiv 2408.10075. Unlike its code z is not scaled to one length in
 * training, since it is not afterwards; two layers encode a pair, and a few hidden units do for
 * vectors.
 */
public final class Vpl implements PersonalModel, Tabled {
  static final int MOST = 100; // answers that are read of one person
  private static final double ACTIVE = 0.005;

  private final BasisModel model; // its users' weights are their mu

  private Vpl(BasisModel model) {
    this.model = model;
  }

  /**
   * The defaults: z of 8 numbers, 32 hidden units, and a prior on maps that is weak: the usual one
   * shrinks the encoder before anything has been read with it, and the posterior collapses.
   */
  public static Spec spec() {
    var basis = BasisSpec.of(new VplBasis()).with(VplBasis.HIDDEN, 32).prototypes(8);
    return new Spec(basis.rates(3e-3, 3e-3, 3e-3).mapPrior(1e-5));
  }

  /** A saved model. */
  public static Vpl load(Path dir) {
    return new Vpl(spec().all.load(dir));
  }

  /** Describes a model; {@code all} has every option, its prototypes being the numbers of z. */
  public record Spec(BasisSpec all) implements RewardSpec {

    /** Another value of an option. */
    public <T> Spec with(Option<T> option, T value) {
      return new Spec(all.with(option, value));
    }

    /** L, how many numbers z has. */
    public Spec latent(int numbers) {
      return with(FitSpec.PROTOTYPES, Checks.atLeast(1, "latent", numbers));
    }

    /** The hidden units of each layer. */
    public Spec hidden(int units) {
      return with(VplBasis.HIDDEN, Checks.atLeast(1, "hidden", units));
    }

    /** What a nat of divergence costs beside the mean loss of an answer. */
    public Spec divergence(double price) {
      return with(VplBasis.DIVERGENCE, Checks.notNegative("divergence", price));
    }

    /** At most so many passes over the training answers. */
    public Spec epochs(int count) {
      return new Spec(all.epochs(count));
    }

    @Override
    public Spec seed(long seed) {
      return new Spec(all.seed(seed));
    }

    @Override
    public Spec threads(int count) {
      return new Spec(all.threads(count));
    }

    @Override
    public Vpl fit(Preferences train) {
      return new Vpl(all.fit(train));
    }

    @Override
    public Vpl fit(Preferences train, Preferences validation) {
      return new Vpl(all.fit(train, validation));
    }

    @Override
    public String toString() {
      return all.toString();
    }
  }

  /** Writes the model into a folder, as {@link BasisModel#save}. */
  public void save(Path dir) {
    model.save(dir);
  }

  /** The ids of the training users. */
  public List<String> users() {
    return model.users();
  }

  /** What happened in each epoch. */
  public History history() {
    return model.history();
  }

  /** z of a training user, L numbers. */
  public double[] vector(String user) {
    return model.weights(user);
  }

  /** How many numbers of z differ between the training users: a variance of more than .005. */
  public int activeUnits() {
    double[][] z = users().stream().map(this::vector).toArray(double[][]::new);
    int active = 0;
    for (int l = 0; l < z[0].length; l++) {
      int at = l;
      double mean = Arrays.stream(z).mapToDouble(v -> v[at]).average().orElse(0);
      double squares = Arrays.stream(z).mapToDouble(v -> Math.pow(v[at] - mean, 2)).sum();
      if (squares / z.length > ACTIVE) active++;
    }
    return active;
  }

  // ------------------------------------------------------------------------------------ placing

  /** What the encoder reads in the answers of somebody, the first hundred of them; L numbers. */
  public double[] read(Preferences answersOfOne) {
    if (answersOfOne.answering().size() > 1) {
      throw new InputException(
          "answers",
          "those of one user",
          answersOfOne.answering().size() + " users",
          "answers.ofUser(id) takes one.");
    }
    if (answersOfOne.size() == 0) return model.prior().center().clone();
    int n = Math.min(MOST, answersOfOne.size());
    int[] chosen = IntStream.range(0, n).map(answersOfOne::chosen).toArray();
    int[] rejected = IntStream.range(0, n).map(answersOfOne::rejected).toArray();
    return read(answersOfOne.items(), chosen, rejected);
  }

  private double[] read(Catalog items, int[] chosen, int[] rejected) {
    int[] met = IntStream.concat(IntStream.of(chosen), IntStream.of(rejected)).distinct().toArray();
    var place = new HashMap<Integer, Long>();
    for (int i = 0; i < met.length; i++) place.put(met[i], (long) i);
    float[][] x = model.fitted().itemFeatures(items.select(met));
    var basis = new VplBasis();
    return Inference.run(
        learned(),
        1,
        (arrays, rows) -> {
          var p = new Parameters(arrays, model.fitted().settings());
          var here = rows.manager();
          NDArray vectors = Torch.create(here, Tensor.of(x, x[0].length));
          NDArray winners = here.create(IntStream.of(chosen).mapToLong(place::get).toArray());
          NDArray losers = here.create(IntStream.of(rejected).mapToLong(place::get).toArray());
          return basis.posterior(p, basis.sides(p, vectors), winners, losers, 1).mu();
        })[0];
  }

  private Map<String, Tensor> learned() {
    var learned = new HashMap<>(model.fitted().parameters());
    learned.remove(UserWeights.OFFSET.name());
    return learned;
  }

  @Override
  public Scorer place(Preferences answersOfOne) {
    String who = answersOfOne.size() == 0 ? "newcomer" : answersOfOne.answering().get(0);
    return new Read(who + " (" + name() + ")", model, read(answersOfOne));
  }

  @Override
  public Scorer population() {
    return model.population();
  }

  /** Somebody as the encoder read them. */
  private record Read(String name, BasisModel model, double[] z) implements Scorer {

    @Override
    public double[] margins(Preferences answers) {
      return model.byWeight(answers).at(z);
    }

    @Override
    public double temperature() {
      return model.temperature();
    }
  }

  // ------------------------------------------------------------------------------------- itself

  @Override
  public boolean knows(String user) {
    return model.knows(user);
  }

  @Override
  public double[] rewards(String user, String prompt, List<String> items) {
    return model.rewards(user, prompt, items);
  }

  @Override
  public double[] margins(Preferences answers) {
    return model.margins(answers);
  }

  @Override
  public double temperature() {
    return model.temperature();
  }

  @Override
  public Provenance provenance() {
    return model.provenance();
  }

  @Override
  public String name() {
    return "VPL, L=" + model.prototypes();
  }

  private List<List<String>> facts() {
    var history = model.history();
    return List.of(
        List.of("users, items", Texts.format("%,d, %,d", users().size(), model.items().size())),
        List.of("active units", activeUnits() + " of " + model.prototypes()),
        List.of("best epoch", history.best() + " of " + history.epochs().size()),
        List.of("temperature", Texts.format("%.3f", temperature())));
  }

  @Override
  public Sheet sheet() {
    return new Sheet(List.of(name(), ""), facts());
  }

  @Override
  public String toString() {
    return name() + " [" + model.fitted().spec() + "]";
  }
}
