package io.rke4j.core.config;

import io.rke4j.core.config.Shape.Anything;
import io.rke4j.core.config.Shape.Choice;
import io.rke4j.core.config.Shape.Decimal;
import io.rke4j.core.config.Shape.ListOf;
import io.rke4j.core.config.Shape.Pairs;
import io.rke4j.core.config.Shape.Section;
import io.rke4j.core.config.Shape.Structure;
import io.rke4j.core.config.Shape.Text;
import io.rke4j.core.config.Shape.Truth;
import io.rke4j.core.config.Shape.Whole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that RKE knows at one place of its file.
 *
 * @param name its spelling
 * @param shape what it may hold
 * @param refusal why it must be left out; null if it is taken
 * @param note what users are told of it if they give it; null if it does what it says
 */
record Key(String name, Shape shape, @Nullable Remark refusal, @Nullable Remark note) {

  /** Values that say nothing, unless a key says otherwise. */
  static final Set<String> EMPTY = Set.of("", "false", "0", "[]", "{}");

  /**
   * Why a key must be left out, or does nothing.
   *
   * @param harmless values that mean the same as leaving it out; {@code null} always does
   */
  record Remark(Set<String> harmless, String problem, String hint) {}

  static Key text(String name) {
    return of(name, new Text());
  }

  static Key truth(String name) {
    return of(name, new Truth());
  }

  static Key whole(String name) {
    return of(name, new Whole());
  }

  static Key texts(String name) {
    return of(name, new ListOf(new Text()));
  }

  static Key pairs(String name) {
    return of(name, new Pairs());
  }

  static Key decimal(String name) {
    return of(name, new Decimal());
  }

  /** A list of objects of Kubernetes' API, whose fields Kubernetes checks. */
  static Key objects(String name) {
    return of(name, new ListOf(new Structure()));
  }

  static Key anything(String name) {
    return of(name, new Anything());
  }

  /** A map that is a file of Kubernetes; its keys are Kubernetes' own. */
  static Key document(String name) {
    return of(name, new Structure());
  }

  static Key section(String name, Key... keys) {
    return of(name, Section.of(List.of(keys)));
  }

  static Key sections(String name, Key... keys) {
    return of(name, new ListOf(Section.of(List.of(keys))));
  }

  static Key of(String name, Shape shape) {
    return new Key(name, shape, null, null);
  }

  static Choice choice(String... words) {
    return new Choice(List.of(words), List.of());
  }

  /** RKE knows it; here it may only say what leaving it out says: nothing, false, 0 or empty. */
  Key notYet() {
    return refused("is not supported yet by this version of rke4j", "leave it out");
  }

  /** It may only have an empty value. */
  Key refused(String problem, String hint) {
    return new Key(name, shape, new Remark(EMPTY, problem, hint), null);
  }

  /** As {@link #refused}, with other values that change nothing. */
  Key refusedUnless(String problem, String hint, String... harmless) {
    return new Key(name, shape, new Remark(Set.of(harmless), problem, hint), null);
  }

  /** As {@link #notYet()}, with other values that say what leaving it out says. */
  Key notYetUnless(String... harmless) {
    return refusedUnless("is not supported yet by this version of rke4j", "leave it out", harmless);
  }

  /** It is taken, does nothing, and users are told so, unless it says nothing. */
  Key withoutEffect(String problem, String hint) {
    return new Key(name, shape, null, new Remark(EMPTY, problem, hint));
  }

  /** As {@link #withoutEffect}, with other values of which nobody needs to be told. */
  Key withoutEffectUnless(String problem, String hint, String... harmless) {
    return new Key(name, shape, null, new Remark(Set.of(harmless), problem, hint));
  }
}
