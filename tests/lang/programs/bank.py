"""A bank: accounts, transfers, interest, a ledger, errors, and a report."""


class BankError(Exception):
    """Something the bank refuses."""


class InsufficientFunds(BankError):
    def __init__(self, account, needed):
        super().__init__(f"{account.owner} has {account.balance}, needs {needed}")
        self.account = account
        self.needed = needed


class UnknownAccount(BankError, KeyError):
    def __str__(self):
        return f"no account {self.args[0]!r}"


class Account:
    next_number = 1000

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []
        self.number = Account.next_number
        Account.next_number += 1

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(f"deposit of {amount}")
        self.balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self.available():
            raise InsufficientFunds(self, amount)
        self.balance -= amount
        self.history.append(("withdraw", amount))

    def available(self):
        return self.balance

    def month_end(self):
        pass

    def __repr__(self):
        return f"<{type(self).__name__} {self.number} {self.owner}: {self.balance}>"

    def __lt__(self, other):
        return self.balance < other.balance


class Savings(Account):
    rate = 2

    def month_end(self):
        interest = self.balance * self.rate // 100
        if interest:
            self.deposit(interest)


class Checking(Account):
    def __init__(self, owner, balance=0, *, overdraft=100):
        super().__init__(owner, balance)
        self.overdraft = overdraft

    def available(self):
        return super().available() + self.overdraft

    def month_end(self):
        if self.balance < 0:
            self.balance += self.balance // 10
            self.history.append(("fee", self.balance))


class Bank:
    kinds = {"savings": Savings, "checking": Checking}

    def __init__(self):
        self._accounts = {}
        self.ledger = []

    def open(self, kind, owner, *args, **options):
        account = self.kinds[kind](owner, *args, **options)
        self._accounts[account.number] = account
        return account.number

    def __getitem__(self, number):
        try:
            return self._accounts[number]
        except KeyError:
            raise UnknownAccount(number) from None

    def __len__(self):
        return len(self._accounts)

    def __iter__(self):
        yield from self._accounts.values()

    def transfer(self, source, target, amount):
        payer, payee = self[source], self[target]
        before = payer.balance, payee.balance
        try:
            payer.withdraw(amount)
            payee.deposit(amount)
        except Exception:
            payer.balance, payee.balance = before
            self.ledger.append(("failed", source, target, amount))
            raise
        else:
            self.ledger.append(("done", source, target, amount))
        finally:
            self.ledger.append(("total", sum(a.balance for a in self)))

    def month_end(self):
        for account in self:
            account.month_end()


bank = Bank()
ann = bank.open("savings", "Ann", 1000)
bob = bank.open("checking", "Bob", overdraft=50)
eve = bank.open("checking", "Eve", 10)
for source, target, amount in [(ann, bob, 200), (bob, eve, 230), (bob, eve, 500), (eve, 9999, 5), (ann, eve, -5), (eve, ann, 340)]:
    try:
        bank.transfer(source, target, amount)
    except BankError as error:
        print(type(error).__name__, error)
    except ValueError as error:
        print("ValueError", error)
for _ in range(3):
    bank.month_end()
for account in sorted(bank, reverse=True):
    print(account, account.history)
print(len(bank), max(bank), min(bank).owner)
for entry in bank.ledger:
    print(*entry)
try:
    bank.open("gold", "X")
except KeyError as error:
    print("unknown kind", error)
