import { ClickMaker } from './click-maker.ts';
import type { EventMaker } from './event-maker.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { AuctionMaker } from './nexmark/auction-maker.ts';
import { BidMaker } from './nexmark/bid-maker.ts';
import { PersonMaker } from './nexmark/person-maker.ts';
import { OrderMaker } from './order-maker.ts';
import { PaymentMaker } from './payment-maker.ts';
import { PurchaseMaker } from './purchase-maker.ts';
import { SensorMaker } from './sensor-maker.ts';
import { UserMaker } from './user-maker.ts';

export function eventMaker(config: GeneratorConfig, seed: number): EventMaker {
  switch (config.shape) {
    case 'clicks':
      return new ClickMaker(config, seed);
    case 'purchases':
      return new PurchaseMaker(config, seed);
    case 'orders':
      return new OrderMaker(config, seed);
    case 'users':
      return new UserMaker(config, seed);
    case 'sensors':
      return new SensorMaker(config, seed);
    case 'payments':
      return new PaymentMaker(config, seed);
    case 'people':
      return new PersonMaker(config);
    case 'auctions':
      return new AuctionMaker(config);
    case 'bids':
      return new BidMaker(config);
  }
}
