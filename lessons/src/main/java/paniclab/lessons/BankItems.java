package paniclab.lessons;

import java.util.Optional;
import paniclab.exercises.ItemBank;
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
    return bank.find(id)
        .map(item ->
            new Item(
                Prompt.markdown(item, bank.questions(item), language.locale()),
                bank.template(item)));
  }
}
