package paniclab.lessons;

import java.util.Optional;
import paniclab.exercises.FixItem;
import paniclab.exercises.ItemBank;
import paniclab.exercises.PredictionItem;
import paniclab.exercises.Prompt;

/** The items of a bank. */
public final class BankItems implements Items {
  private final ItemBank bank;

  /** Finds items here. */
  public BankItems(ItemBank bank) {
    this.bank = bank;
  }

  @Override
  public Optional<Item> find(String id, Language language) {
    return bank.exercise(id)
        .map(exercise ->
            switch (exercise) {
              case PredictionItem item ->
                  new Item(
                      Prompt.markdown(item, bank.questions(item), language.locale()),
                      bank.template(item));
              case FixItem item ->
                  new Item(item.markdown(language.locale()), item.template(bank.program(item)));
            });
  }
}
